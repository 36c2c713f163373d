package dev.paddock.adapters.http.sim;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as Go prints them: RFC 3339 with up to nine digits of fraction and no trailing zeros. */
final class GoTime {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("XXX", Locale.ROOT);

    private GoTime() {
    }

    static String utc(Instant time) {
        return format(time, ZoneOffset.UTC);
    }

    static String local(Instant time) {
        return format(time, ZoneId.systemDefault());
    }

    static String format(Instant time, ZoneId zone) {
        ZonedDateTime moment = time.atZone(zone);
        String digits = String.format(Locale.ROOT, ".%09d", moment.getNano()).replaceAll("\\.?0+$", "");
        return SECONDS.format(moment) + digits + OFFSET.format(moment);
    }
}
