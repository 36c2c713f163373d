package dev.paddock.adapters.http.spi;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.ConnectionLifetimes;
import java.time.Duration;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern TIMEOUT = Pattern.compile("timeout=([0-9]{1,9})", Pattern.CASE_INSENSITIVE);

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
        return !response.contains("Keep-Alive") ? null : response.elements("Keep-Alive").stream()
                .map(element -> TIMEOUT.matcher(element.replace(" ", "")))
                .filter(Matcher::matches)
                .map(timeout -> Duration.ofSeconds(Integer.parseInt(timeout.group(1))).minus(SERVER_MARGIN))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Returns whether a connection that has been idle for the given time is past its limit. */
    public boolean isOver(Duration idle) {
        return idle.compareTo(time) >= 0;
    }

    private IdleTimeout orSooner(Duration expiry) {
        return expiry.compareTo(time) < 0 ? new IdleTimeout(expiry, CloseReason.EXPIRED) : this;
    }
}
