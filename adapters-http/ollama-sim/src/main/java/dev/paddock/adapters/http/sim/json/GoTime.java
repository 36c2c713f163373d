package dev.paddock.adapters.http.sim.json;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Times as Go prints them: RFC 3339 with up to nine digits of fraction and no trailing zeros. */
public final class GoTime {
    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
        .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
        .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
        .appendPattern("XXX")
        .toFormatter(Locale.ROOT);

    private GoTime() {
    }

    public static String utc(Instant time) {
        return format(time, ZoneOffset.UTC);
    }

    public static String local(Instant time) {
        return format(time, ZoneId.systemDefault());
    }

    static String format(Instant time, ZoneId zone) {
        return FORM.format(time.atZone(zone));
    }
}
