package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.Benchmark;
import dev.paddock.bootstrap.bench.Mode;
import dev.paddock.bootstrap.bench.Progress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A line on the terminal that tells how far a benchmark is; nothing where nobody watches. */
final class BenchProgress implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 100;

    private final Terminal terminal;
    private final ScheduledExecutorService clock;
    private @Nullable ScheduledFuture<?> drawing;

    private BenchProgress(Terminal terminal, ScheduledExecutorService clock) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.clock = requireNonNull(clock, "clock");
    }

    static BenchProgress of(Terminal terminal) {
        return new BenchProgress(
                terminal, Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory()));
    }

    /** Shows how far a mode is until this is closed. */
    void show(Benchmark benchmark, Mode mode) {
        if (terminal.traits().error()) {
            drawing = clock.scheduleAtFixedRate(
                    () -> terminal.redraw(mode.label() + ": " + toText(benchmark.progress())),
                    0,
                    INTERVAL_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        if (drawing != null) {
            drawing.cancel(false);
        }
        clock.close();
        if (drawing != null) {
            terminal.redraw("");
        }
    }

    private static String toText(@Nullable Progress progress) {
        if (progress == null) {
            return "starting";
        }
        String failed = progress.failed() == 0 ? "" : ", " + progress.failed() + " failed";
        return (progress.counted() ? "" : "warming up, ") + progress.ended() + " of " + progress.requests() + " requests"
                + failed;
    }
}
