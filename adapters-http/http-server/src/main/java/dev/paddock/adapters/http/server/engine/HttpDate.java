package dev.paddock.adapters.http.server.engine;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of Date, formatted once a second (RFC 9110, section 5.6.7). */
final class HttpDate {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final long MILLIS = 1_000;

    /** A second and its text. */
    private record Formatted(long second, String text) {}

    private volatile Formatted last = new Formatted(-1, "");

    String now() {
        long second = System.currentTimeMillis() / MILLIS;
        Formatted formatted = last;
        if (formatted.second() != second) {
            formatted = new Formatted(second, FORMAT.format(Instant.ofEpochSecond(second)));
            last = formatted;
        }
        return formatted.text();
    }
}
