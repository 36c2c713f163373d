package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Cancellation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Listens for the end of the process, as by Ctrl-C: cancels what is under way and gives it a moment to end, so that the
 * server hears of it. The exit status is then that of the signal, 130 for Ctrl-C.
 */
final class StopSignal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Cancellation cancellation;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread hook = new Thread(this::stop, "paddock-stop");

    private StopSignal(Cancellation cancellation) {
        this.cancellation = requireNonNull(cancellation, "cancellation");
    }

    /** Listens from now on until it is closed. */
    static StopSignal listen(Cancellation cancellation) {
        StopSignal signal = new StopSignal(cancellation);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Returns what is cancelled when the process ends. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** Says that what was under way has ended. */
    @Override
    public void close() {
        ended.complete(null);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The process is ending: the hook is running and has just been told.
        }
    }

    private void stop() {
        cancellation.cancel();
        ended.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
