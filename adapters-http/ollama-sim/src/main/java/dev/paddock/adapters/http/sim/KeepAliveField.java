package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.GoDuration;
import dev.paddock.adapters.http.sim.json.RequestFields;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code keep_alive}: a number of seconds or a Go duration; anything negative means for ever. */
final class KeepAliveField {
    private static final double NANOS_PER_SECOND = 1e9;

    private KeepAliveField() {
    }

    static Optional<Duration> read(RequestFields fields) {
        JsonNode value = fields.raw("keep_alive");
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (value.isNumber()) {
            return Optional.of(Duration.ofNanos((long) (value.doubleValue() * NANOS_PER_SECOND)));
        }
        if (value.isTextual()) {
            return Optional.of(GoDuration.parse(value.textValue()));
        }
        throw new ApiException(400, "Unsupported type: '" + RequestFields.kind(value) + "'");
    }
}
