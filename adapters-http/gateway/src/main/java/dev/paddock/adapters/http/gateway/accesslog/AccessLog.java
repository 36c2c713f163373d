package dev.paddock.adapters.http.gateway.accesslog;

import dev.paddock.ports.metrics.MetricsPort;
import java.util.List;
import java.util.function.Consumer;

/** Takes down every request, also those that were refused. Implementations are thread-safe and never block. */
@FunctionalInterface
public interface AccessLog extends AutoCloseable {

    /** Takes down a request that has ended. */
    void add(AccessRecord ended);

    /** Returns when everything is written down, or when that has taken too long. */
    @Override
    default void close() {}

    /**
     * Returns a log that hands over each request as a line, in a thread of its own, several at once if there are.
     *
     * @param lines takes one line at least; may block and must not throw
     * @param metrics where lines are counted that had to be dropped because earlier ones took too long
     */
    static AccessLog ofLines(Consumer<List<String>> lines, MetricsPort metrics) {
        return AsyncAccessLog.start(lines, metrics);
    }

    /** Returns a log that writes each request to the logger {@code paddock.access}, at level INFO. */
    static AccessLog ofLogger(MetricsPort metrics) {
        System.Logger logger = System.getLogger("paddock.access");
        return ofLines(lines -> lines.forEach(line -> logger.log(System.Logger.Level.INFO, line)), metrics);
    }
}
