package dev.paddock.bootstrap.cli.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** Writes each log record as one line, in the format of the access log: time, level, logger, message, and the stack trace if there is one. */
final class LogFormatter extends Formatter {

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private final AccessLogFormat format;

    LogFormatter(AccessLogFormat format) {
        this.format = requireNonNull(format, "format");
    }

    @Override
    public String format(LogRecord record) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("time", TIME.format(Instant.ofEpochMilli(record.getMillis())));
        fields.put("level", level(record.getLevel()));
        fields.put("logger", record.getLoggerName());
        fields.put("message", formatMessage(record));
        if (record.getThrown() != null) {
            fields.put("stack", stack(record.getThrown()));
        }
        return format.render(fields) + "\n";
    }

    private static String level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (value >= Level.WARNING.intValue()) {
            return "warning";
        }
        if (value >= Level.INFO.intValue()) {
            return "info";
        }
        return value >= Level.FINE.intValue() ? "debug" : "trace";
    }

    private static String stack(Throwable thrown) {
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        return stack.toString();
    }
}
