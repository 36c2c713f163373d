package dev.paddock.adapters.http.jdk;

import dev.paddock.domain.exchange.Headers;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads how long the server keeps an idle connection, which the JDK's client ignores. */
final class KeepAlive {

    /** The server's clock started before ours: a request must not be on its way when the server closes. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final String TIMEOUT = "timeout=";
    private static final int LONGEST_NUMBER = 9;

    private KeepAlive() {}

    /** Returns how long a connection may be idle, zero or less when it may not, or null when the server does not say. */
    static @Nullable Duration limit(Headers headers) {
        Duration shortest = null;
        for (String value : headers.all("Keep-Alive")) {
            for (String element : value.toLowerCase(Locale.ROOT).split(",", -1)) {
                Duration limit = limit(element.strip());
                if (limit != null && (shortest == null || limit.compareTo(shortest) < 0)) {
                    shortest = limit;
                }
            }
        }
        return shortest;
    }

    private static @Nullable Duration limit(String element) {
        if (!element.startsWith(TIMEOUT)) {
            return null;
        }
        String number = element.substring(TIMEOUT.length());
        boolean valid = !number.isEmpty()
                && number.length() <= LONGEST_NUMBER
                && number.chars().allMatch(character -> character >= '0' && character <= '9');
        return valid ? Duration.ofSeconds(Integer.parseInt(number)).minus(MARGIN) : null;
    }
}
