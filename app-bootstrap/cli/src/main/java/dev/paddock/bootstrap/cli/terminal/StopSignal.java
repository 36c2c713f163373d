package dev.paddock.bootstrap.cli.terminal;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Cancellation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A shutdown hook that cancels the calls in progress, for example on Ctrl-C, and waits for their end, so that connections are
 * closed and the server notices. The exit status is that of the signal, 130 for Ctrl-C.
 */
public final class StopSignal implements AutoCloseable {

    private static final Duration MAX_WAIT = Duration.ofSeconds(3);

    private final Cancellation cancellation;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread hook = new Thread(this::stop, "paddock-stop");

    private StopSignal(Cancellation cancellation) {
        this.cancellation = requireNonNull(cancellation, "cancellation");
    }

    /** Installs the hook; {@link #close} removes it. */
    public static StopSignal listen(Cancellation cancellation) {
        StopSignal signal = new StopSignal(cancellation);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Returns the cancellation that the hook triggers. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** Signals that the calls have ended, and removes the hook. */
    @Override
    public void close() {
        ended.complete(null);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The process is ending: the hook is running, and its wait has just been completed.
        }
    }

    private void stop() {
        cancellation.cancel();
        ended.completeOnTimeout(null, MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
