package dev.paddock.adapters.http.okhttp;

import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.ConnectionLifetimes;
import java.time.Duration;

/**
 * How long a connection may lie idle from now on, and what it will have died of after that.
 *
 * @param time zero or less when it may not be kept at all
 * @param reason {@link CloseReason#IDLE} or {@link CloseReason#EXPIRED}
 */
record IdleLimit(Duration time, CloseReason reason) {

    /** The server's clock started before ours: a request must not be on its way when the server closes. */
    private static final Duration SERVER_MARGIN = Duration.ofSeconds(1);

    private static final int LONGEST_NUMBER = 9;

    /** Returns the shortest of the idle lifetime, the rest of the total one, and what the server announced. */
    static IdleLimit of(Headers response, ConnectionLifetimes lifetimes, Duration age) {
        IdleLimit limit = new IdleLimit(lifetimes.idle(), CloseReason.IDLE)
                .orSooner(lifetimes.total().minus(age));
        for (String parameter : HeaderList.elements(response, "Keep-Alive")) {
            int equals = parameter.indexOf('=');
            String value = parameter.substring(equals + 1).strip();
            if (equals > 0 && parameter.substring(0, equals).strip().equalsIgnoreCase("timeout") && isNumber(value)) {
                limit = limit.orSooner(Duration.ofSeconds(Integer.parseInt(value)).minus(SERVER_MARGIN));
            }
        }
        return limit;
    }

    boolean isOver(Duration idle) {
        return idle.compareTo(time) >= 0;
    }

    private IdleLimit orSooner(Duration expiry) {
        return expiry.compareTo(time) < 0 ? new IdleLimit(expiry, CloseReason.EXPIRED) : this;
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty()
                && value.length() <= LONGEST_NUMBER
                && value.chars().allMatch(character -> character >= '0' && character <= '9');
    }
}
