package dev.paddock.adapters.http.sim.model;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A model in memory. Its changing parts are guarded by the lock of the {@link RunnerPool} that owns it. */
public final class Runner {
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
    }

    public InstalledModel model() {
        return loadedFor.model();
    }

    public int contextLength() {
        return loadedFor.contextLength();
    }

    /** The answers it can produce at the same time. */
    public FifoSemaphore slots() {
        return slots;
    }

    /** Whether the last prompt was the same; this one is the last from now on. */
    public boolean isRepeatOfLastPrompt(String prompt) {
        return prompt.equals(lastPrompt.getAndSet(prompt));
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    Duration keepAlive() {
        return keepAlive;
    }

    boolean isIdle() {
        return users == 0;
    }

    boolean isRetiring() {
        return retiring;
    }

    boolean serves(RunnerRequest request) {
        return !retiring && loadedFor.serves(request);
    }

    void attach(RunnerRequest request) {
        users++;
        if (request.keepAlive() != null) {
            keepAlive = request.keepAlive();
        }
        extendExpiry();
        stopTimer();
    }

    /** Ends one use; returns whether the runner is idle now. */
    boolean detach() {
        users--;
        extendExpiry();
        if (users == 0 && retiring) {
            drained.complete(null);
        }
        return users == 0;
    }

    private void extendExpiry() {
        expiresAt = Instant.now().plus(keepAlive.isNegative() ? FOREVER : keepAlive);
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
}
