package dev.paddock.adapters.http.gateway.accesslog;

import dev.paddock.domain.metrics.GatewayMetrics;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes each request as a line, in a thread of its own, so that a slow log or a full disk delays no request. Entries that do not fit
 * into the queue are dropped and counted.
 */
final class AsyncAccessLog implements AccessLog {

    private static final int CAPACITY = 8192;
    private static final long BATCH_MILLIS = 20; // a batch saves request threads from waking the writer
    private static final long CLOSE_MILLIS = 2_000;

    private final BlockingQueue<Optional<AccessRecord>> queue = new ArrayBlockingQueue<>(CAPACITY); // empty marks the end
    private final AccessLogFormat format;
    private final Consumer<List<String>> lines;
    private final MetricsPort metrics;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writer;

    private AsyncAccessLog(AccessLogFormat format, Consumer<List<String>> lines, MetricsPort metrics) {
        this.format = format;
        this.lines = lines;
        this.metrics = metrics;
        this.writer = Thread.ofPlatform().daemon().name("paddock-access-log").unstarted(this::writeAll);
    }

    static AsyncAccessLog start(AccessLogFormat format, Consumer<List<String>> lines, MetricsPort metrics) {
        AsyncAccessLog log = new AsyncAccessLog(format, lines, metrics);
        log.writer.start();
        return log;
    }

    @Override
    public void add(AccessRecord ended) {
        if (!queue.offer(Optional.of(ended))) {
            metrics.count(GatewayMetrics.LOG_DROPPED.with(), 1);
        }
    }

    /** Returns when all earlier entries are written, or after a time limit. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (queue.offer(Optional.empty(), CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                writer.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() {
        List<Optional<AccessRecord>> taken = new ArrayList<>();
        boolean ended = false;
        try {
            while (!ended) {
                taken.add(queue.take());
                boolean unused = closing.await(BATCH_MILLIS, TimeUnit.MILLISECONDS);
                queue.drainTo(taken);
                List<String> text = taken.stream().flatMap(Optional::stream).map(format::render).toList();
                if (!text.isEmpty()) {
                    lines.accept(text);
                }
                ended = taken.stream().anyMatch(Optional::isEmpty);
                taken.clear();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
