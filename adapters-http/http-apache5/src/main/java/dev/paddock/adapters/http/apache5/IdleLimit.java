package dev.paddock.adapters.http.apache5;

import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.ConnectionLifetimes;
import java.time.Duration;
import java.util.Iterator;
import org.apache.hc.core5.http.HeaderElement;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.MessageSupport;
import org.jspecify.annotations.Nullable;

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
    static IdleLimit of(HttpResponse response, ConnectionLifetimes lifetimes, Duration age) {
        IdleLimit limit = new IdleLimit(lifetimes.idle(), CloseReason.IDLE)
                .orSooner(lifetimes.total().minus(age));
        Iterator<HeaderElement> elements = MessageSupport.iterate(response, "Keep-Alive");
        while (elements.hasNext()) {
            HeaderElement element = elements.next();
            if (element.getName().equalsIgnoreCase("timeout") && isNumber(element.getValue())) {
                limit = limit.orSooner(Duration.ofSeconds(Integer.parseInt(element.getValue())).minus(SERVER_MARGIN));
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

    private static boolean isNumber(@Nullable String value) {
        return value != null
                && !value.isEmpty()
                && value.length() <= LONGEST_NUMBER
                && value.chars().allMatch(character -> character >= '0' && character <= '9');
    }
}
