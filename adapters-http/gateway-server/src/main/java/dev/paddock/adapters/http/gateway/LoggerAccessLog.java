package dev.paddock.adapters.http.gateway;

import dev.paddock.domain.metrics.GatewayMetrics;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Writes each request as a line to the logger {@code paddock.access}, in a thread of its own: a log that is slow, or a disk that is
 * full, holds up no request. What does not fit into the queue is dropped and counted.
 */
final class LoggerAccessLog implements AccessLog, AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger("paddock.access");
    private static final int QUEUED = 8192;
    private static final long PATIENCE_MILLIS = 2_000;

    private final BlockingQueue<Optional<AccessRecord>> queue = new ArrayBlockingQueue<>(QUEUED); // the end is an empty one
    private final MetricsPort metrics;
    private final Thread writer;

    private LoggerAccessLog(MetricsPort metrics) {
        this.metrics = metrics;
        this.writer = Thread.ofPlatform().daemon().name("paddock-access-log").unstarted(this::writeAll);
    }

    static LoggerAccessLog start(MetricsPort metrics) {
        LoggerAccessLog log = new LoggerAccessLog(metrics);
        log.writer.start();
        return log;
    }

    @Override
    public void add(AccessRecord ended) {
        if (LOGGER.isLoggable(System.Logger.Level.INFO) && !queue.offer(Optional.of(ended))) {
            metrics.count(GatewayMetrics.LOG_DROPPED.with(), 1);
        }
    }

    /** Returns when everything is written that was taken down before, or when the log has taken too long for it. */
    @Override
    public void close() {
        try {
            if (queue.offer(Optional.empty(), PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                writer.join(PATIENCE_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() {
        try {
            for (Optional<AccessRecord> next = queue.take(); next.isPresent(); next = queue.take()) {
                LOGGER.log(System.Logger.Level.INFO, next.get().line());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
