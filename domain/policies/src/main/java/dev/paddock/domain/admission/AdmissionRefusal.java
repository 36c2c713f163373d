package dev.paddock.domain.admission;

import dev.paddock.domain.error.OverloadedException.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a call is not queued.
 *
 * @param reason the reason
 * @param limit the limit that was reached, in the unit of the reason
 * @param expectedWait how long such a call would have to wait, or null if that is not known
 */
public record AdmissionRefusal(Reason reason, long limit, @Nullable Duration expectedWait) {}
