package dev.paddock.adapters.http.spi;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.ConnectionLifetimes;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The time that a connection may be idle from now on, and the reason of its closing after that. Immutable.
 *
 * @param time zero or less when it may not be kept at all
 * @param reason {@link CloseReason#IDLE} or {@link CloseReason#EXPIRED}
 */
public record IdleTimeout(Duration time, CloseReason reason) {

    /** The server's time starts before ours, and no request must be in transit when the server closes. */
    private static final Duration SERVER_MARGIN = Duration.ofSeconds(1);

    private static final String TIMEOUT = "timeout=";
    private static final int LONGEST_NUMBER = 9;

    public IdleTimeout {
        requireNonNull(time, "time");
        requireNonNull(reason, "reason");
    }

    /**
     * Returns the shortest of the idle lifetime, the rest of the total one, and the server's announcement.
     *
     * @param response the fields of the last response
     * @param age how old the connection is
     */
    public static IdleTimeout of(Headers response, ConnectionLifetimes lifetimes, Duration age) {
        IdleTimeout limit = new IdleTimeout(lifetimes.idle(), CloseReason.IDLE)
                .orSooner(lifetimes.total().minus(age));
        Duration announced = keepAliveTimeout(response);
        return announced == null ? limit : limit.orSooner(announced);
    }

    /**
     * Returns how long the server keeps an idle connection ({@code Keep-Alive: timeout=}, in seconds), less a second; null
     * when it announces none, or not in numbers.
     */
    public static @Nullable Duration keepAliveTimeout(Headers response) {
        Duration shortest = null;
        for (String element : response.elements("Keep-Alive")) {
            Duration limit = limit(element.toLowerCase(Locale.ROOT).replace(" ", ""));
            if (limit != null && (shortest == null || limit.compareTo(shortest) < 0)) {
                shortest = limit;
            }
        }
        return shortest;
    }

    /** Returns whether a connection that has been idle for the given time is past its limit. */
    public boolean isOver(Duration idle) {
        return idle.compareTo(time) >= 0;
    }

    private IdleTimeout orSooner(Duration expiry) {
        return expiry.compareTo(time) < 0 ? new IdleTimeout(expiry, CloseReason.EXPIRED) : this;
    }

    private static @Nullable Duration limit(String element) {
        if (!element.startsWith(TIMEOUT)) {
            return null;
        }
        String number = element.substring(TIMEOUT.length());
        boolean valid = !number.isEmpty()
                && number.length() <= LONGEST_NUMBER
                && number.chars().allMatch(character -> character >= '0' && character <= '9');
        return valid ? Duration.ofSeconds(Integer.parseInt(number)).minus(SERVER_MARGIN) : null;
    }
}
