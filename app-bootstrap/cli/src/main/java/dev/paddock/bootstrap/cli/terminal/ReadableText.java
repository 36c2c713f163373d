package dev.paddock.bootstrap.cli.terminal;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats values for tables and messages. */
public final class ReadableText {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final int DIGEST_SHOWN = 12;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private ReadableText() {}

    /** Returns a number of bytes in decimal units, for example {@code 4.7 GB}. */
    public static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 999.5 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        String format = unit == 0 || amount >= 99.95 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, format, amount, UNITS[unit]);
    }

    /** Returns the size of something that has one; empty for 0, which means unknown. */
    public static String size(long bytes) {
        return bytes == 0 ? "" : bytes(bytes);
    }

    /** Returns a time to the minute in the default time zone; empty for null. */
    public static String moment(@Nullable Instant moment) {
        return moment == null ? "" : MINUTE.format(moment.atZone(ZoneId.systemDefault()));
    }

    /** Returns the first 12 digits of a digest, without the name of its algorithm. */
    public static String digest(String digest) {
        String hexadecimal = digest.substring(digest.indexOf(':') + 1);
        return hexadecimal.substring(0, Math.min(DIGEST_SHOWN, hexadecimal.length()));
    }
}
