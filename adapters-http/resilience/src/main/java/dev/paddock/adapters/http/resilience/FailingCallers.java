package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The callers whose calls fail. Failures of a single caller do not count while another caller has had a success within the last ten
 * seconds, so one caller with bad requests does not open a circuit for all. Guarded by the lock of the circuit.
 */
final class FailingCallers {

    private static final long RECENT_NANOS = Duration.ofSeconds(10).toNanos();

    private final Ticker ticker;
    private @Nullable String failing; // the first caller that failed since the last success
    private boolean severalFail;
    private @Nullable Success latest;
    private @Nullable Success earlier; // the latest of another caller

    FailingCallers(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Records a success of a caller, null for an unknown one. */
    void succeeded(@Nullable String caller) {
        failing = null;
        severalFail = false;
        if (caller != null) {
            if (latest != null && !latest.caller.equals(caller)) {
                earlier = latest;
            }
            latest = new Success(caller, ticker.nanos());
        }
    }

    /** Records a failure of a caller, null for an unknown one; returns whether it counts. */
    boolean failed(@Nullable String caller) {
        if (caller == null) {
            return true;
        }
        if (failing == null) {
            failing = caller;
        } else if (!failing.equals(caller)) {
            severalFail = true;
        }
        return severalFail || !(isRecentOfOther(latest, caller) || isRecentOfOther(earlier, caller));
    }

    private boolean isRecentOfOther(@Nullable Success success, String caller) {
        return success != null && !success.caller.equals(caller) && ticker.nanos() - success.atNanos < RECENT_NANOS;
    }

    private record Success(String caller, long atNanos) {}
}
