package dev.paddock.bootstrap.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.gateway.ProcessLog.LogLevel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LogFormatterTest {

    @Test
    void format_text_isOneLineWhateverTheMessageIs() {
        assertThat(format(AccessLogFormat.TEXT, record(Level.WARNING, "a\nlevel=error \u001b[2J")))
                .isEqualTo("time=2026-11-29T12:00:00.000Z level=warning logger=paddock.backend message=\"a\\u000alevel=error \\u001b[2J\"\n");
    }

    @Test
    void format_json_isAnObject() {
        LogRecord record = record(Level.SEVERE, "{0} of {1}");
        record.setParameters(new Object[] {1, 2});
        record.setThrown(new IllegalStateException("x\ny"));

        String line = format(AccessLogFormat.JSON, record);

        assertThat(line).endsWith("}\n").satisfies(text -> assertThat(text.lines()).hasSize(1));
        assertThat((Map<?, ?>) PlainJson.fromText(line)).satisfies(fields -> {
            assertThat(fields.get("level")).isEqualTo("error");
            assertThat(fields.get("message")).isEqualTo("1 of 2");
            assertThat(String.valueOf(fields.get("stack"))).startsWith("java.lang.IllegalStateException: x\ny").contains("LogFormatterTest");
        });
    }

    @Test
    void log_closed_leavesTheLogOfTheProcessAsItWas() {
        Logger root = Logger.getLogger("");
        Logger own = Logger.getLogger("dev.paddock");
        List<Handler> before = List.of(root.getHandlers());
        Level level = own.getLevel();

        try (ProcessLog log = ProcessLog.start(AccessLogFormat.JSON, LogLevel.DEBUG)) {
            assertThat(log).isNotNull();
            assertThat(own.isLoggable(Level.FINE)).isTrue();
            assertThat(root.isLoggable(Level.FINE)).isFalse();
            assertThat(root.getHandlers()).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
        }

        assertThat(root.getHandlers()).containsExactlyElementsOf(before);
        assertThat(own.getLevel()).isEqualTo(level);
    }

    private static String format(AccessLogFormat format, LogRecord record) {
        return new LogFormatter(format).format(record);
    }

    private static LogRecord record(Level level, String message) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName("paddock.backend");
        record.setInstant(Instant.parse("2026-11-29T12:00:00Z"));
        return record;
    }
}
