package dev.paddock.adapters.http.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A model in memory. Its changing parts are guarded by the lock of the {@link RunnerPool} that owns it. */
final class Runner {
    private static final Duration FOREVER = Duration.ofDays(106_751);

    private final RunnerRequest loadedFor;
    private final FifoSemaphore slots;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final AtomicReference<String> lastPrompt = new AtomicReference<>("");
    private Duration keepAlive;
    private Instant expiresAt = Instant.now();
    private @Nullable Future<?> timer;
    private boolean retiring;
    private int users;

    Runner(RunnerRequest loadedFor, FifoSemaphore slots, Duration keepAlive) {
        this.loadedFor = loadedFor;
        this.slots = slots;
        this.keepAlive = keepAlive;
        expireAfter(keepAlive);
    }

    InstalledModel model() {
        return loadedFor.model();
    }

    RunnerOptions options() {
        return loadedFor.options();
    }

    /** The answers it can produce at the same time. */
    FifoSemaphore slots() {
        return slots;
    }

    /** Whether the last prompt was the same; this one is the last from now on. */
    boolean isRepeatOfLastPrompt(String prompt) {
        return prompt.equals(lastPrompt.getAndSet(prompt));
    }

    Instant expiresAt() {
        return expiresAt;
    }

    Duration keepAlive() {
        return keepAlive;
    }

    boolean isIdle() {
        return users == 0;
    }

    boolean serves(RunnerRequest use) {
        return !retiring && options().serves(use.options());
    }

    void attach(RunnerRequest use) {
        users++;
        if (use.keepAlive() != null) {
            keepAlive = use.keepAlive();
        }
        expireAfter(keepAlive);
        stopTimer();
    }

    /** Ends one use; answers whether the runner is idle now. */
    boolean detach() {
        users--;
        expireAfter(keepAlive);
        if (users == 0 && retiring) {
            drained.complete(null);
        }
        return users == 0;
    }

    /** Accepts no new uses; the result completes when the last one has ended. */
    CompletableFuture<Void> retire() {
        retiring = true;
        stopTimer();
        if (users == 0) {
            drained.complete(null);
        }
        return drained;
    }

    boolean isRetiring() {
        return retiring;
    }

    void startTimer(Future<?> running) {
        stopTimer();
        timer = running;
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void expireAfter(Duration duration) {
        expiresAt = Instant.now().plus(duration.isNegative() ? FOREVER : duration);
    }
}
