package dev.paddock.bootstrap.bench.load;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.bench.load.ArrivalProcess.ReplayedArrivals;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of a log, a request on each line. A line is a JSON object with a field such as {@code time}, a line of the gateway's
 * access log, a line of a web server's log, or begins with a time: ISO 8601, a number of seconds, or the milliseconds,
 * microseconds or nanoseconds since 1970. A log entry of the gateway is written when its request ended; its {@code total} is taken off.
 */
public final class ArrivalLog {

    private static final List<String> FIELDS = List.of("time", "timestamp", "@timestamp", "ts", "arrival", "start", "created_at");
    private static final String ISO =
            "\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:[Zz]|[+-]\\d\\d:?\\d\\d)?";
    private static final Pattern BEGINNING = Pattern.compile("^\"?(" + ISO + "|\\d{1,19}(?:\\.\\d{1,9})?)(?=[\\s,;\"]|$)");
    private static final Pattern OF_GATEWAY = Pattern.compile("(?:^|\\s)time=\"?(" + ISO + ")");
    private static final Pattern TOTAL_OF_GATEWAY = Pattern.compile("\\stotal=(\\d{1,12}(?:\\.\\d{1,9})?)(?=\\s|$)");
    private static final Pattern OF_WEB_SERVER =
            Pattern.compile("\\[(\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4})]");
    private static final DateTimeFormatter WEB_SERVER = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
    private static final DateTimeFormatter LOCAL_ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .parseDefaulting(ChronoField.OFFSET_SECONDS, ZoneOffset.UTC.getTotalSeconds())
            .toFormatter(Locale.ROOT);
    private static final BigDecimal MILLIS_SINCE_EPOCH = new BigDecimal("1e11"); // as seconds the year 5138
    private static final int FINER_UNITS = 3; // milliseconds, microseconds, nanoseconds

    private ArrivalLog() {}

    /**
     * Reads a log. Blank lines, comments ({@code #}) and a first line with titles are left out. The order of the lines does not matter.
     *
     * @throws IllegalArgumentException if a line has no time, or the log has none; the message continues a sentence that begins with
     *     the name of the file
     */
    public static ReplayedArrivals read(String log) {
        List<Double> times = new ArrayList<>();
        int number = 0;
        for (String line : log.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                Double time = timeOf(line.strip());
                if (time != null) {
                    times.add(time);
                } else if (number > 1) {
                    throw new IllegalArgumentException("has no time in line " + number
                            + "; a line begins with a time (2026-01-31T12:00:00.5Z, or seconds), or is JSON with a field 'time'");
                }
            }
        }
        if (times.isEmpty()) {
            throw new IllegalArgumentException("has no times to replay");
        }
        times.sort(null);
        double first = times.getFirst();
        return new ReplayedArrivals(
                times.stream().map(time -> Duration.ofNanos(Math.round((time - first) * ArrivalProcess.NANOS_PER_SECOND))).toList(),
                PromptFile.fingerprint(log));
    }

    private static @Nullable Double timeOf(String line) {
        if (line.startsWith("{")) {
            return ofJson(line);
        }
        Matcher gateway = OF_GATEWAY.matcher(line);
        if (gateway.find()) {
            Matcher total = TOTAL_OF_GATEWAY.matcher(line);
            return earlier(seconds(gateway.group(1)), total.find() ? Double.valueOf(total.group(1)) : null);
        }
        Matcher server = OF_WEB_SERVER.matcher(line);
        if (server.find()) {
            return parsed(server.group(1), WEB_SERVER);
        }
        Matcher beginning = BEGINNING.matcher(line);
        return beginning.find() ? seconds(beginning.group(1)) : null;
    }

    private static @Nullable Double ofJson(String line) {
        Map<?, ?> entry;
        try {
            entry = PlainJson.fromText(line) instanceof Map<?, ?> map ? map : Map.of();
        } catch (IllegalArgumentException notJson) {
            return null;
        }
        for (String field : FIELDS) {
            Object value = entry.get(field);
            Double time = value == null ? null : seconds(String.valueOf(value));
            if (time != null) {
                boolean isOfGateway = entry.containsKey("outcome") && entry.get("total") instanceof Number;
                return earlier(time, isOfGateway && entry.get("total") instanceof Number total ? Double.valueOf(total.doubleValue()) : null);
            }
        }
        return null;
    }

    private static @Nullable Double earlier(@Nullable Double time, @Nullable Double totalMillis) {
        return time == null || totalMillis == null ? time : Double.valueOf(time - totalMillis / 1e3);
    }

    private static @Nullable Double seconds(String text) {
        if (Pattern.matches(ISO, text)) {
            String iso = text.replace(' ', 'T').replace(',', '.').toUpperCase(Locale.ROOT);
            return parsed(iso.replaceAll("([+-]\\d\\d)(\\d\\d)$", "$1:$2"), LOCAL_ISO);
        }
        try {
            BigDecimal number = new BigDecimal(text.strip());
            for (int unit = 0; unit < FINER_UNITS && number.compareTo(MILLIS_SINCE_EPOCH) > 0; unit++) {
                number = number.movePointLeft(3);
            }
            double seconds = number.doubleValue();
            return seconds >= 0 && seconds < Double.MAX_VALUE ? Double.valueOf(seconds) : null;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    private static @Nullable Double parsed(String text, DateTimeFormatter format) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text, format);
            return time.toEpochSecond() + time.getNano() / ArrivalProcess.NANOS_PER_SECOND;
        } catch (DateTimeException impossibleDate) {
            return null;
        }
    }
}
