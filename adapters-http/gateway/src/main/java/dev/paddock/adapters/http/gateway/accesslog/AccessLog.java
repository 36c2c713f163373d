package dev.paddock.adapters.http.gateway.accesslog;

import dev.paddock.ports.metrics.MetricsPort;
import java.util.List;
import java.util.function.Consumer;

/** The access log: receives every request, including refused ones. Implementations are thread-safe and never block. */
@FunctionalInterface
public interface AccessLog extends AutoCloseable {

    /** Adds a request that has ended. */
    void add(AccessRecord ended);

    /** Returns when everything is written, or after a time limit. */
    @Override
    default void close() {}

    /**
     * Returns a log that passes each request on as a line, in a thread of its own, in batches.
     *
     * @param format the format of the lines
     * @param lines receives at least one line; may block and must not throw
     * @param metrics counts the lines that are dropped because earlier ones took too long
     */
    static AccessLog ofLines(AccessLogFormat format, Consumer<List<String>> lines, MetricsPort metrics) {
        return AsyncAccessLog.start(format, lines, metrics);
    }

    /** Returns a log that writes each request to the logger {@code paddock.access}, at level INFO. */
    static AccessLog ofLogger(AccessLogFormat format, MetricsPort metrics) {
        System.Logger logger = System.getLogger("paddock.access");
        return ofLines(format, lines -> lines.forEach(line -> logger.log(System.Logger.Level.INFO, line)), metrics);
    }
}
