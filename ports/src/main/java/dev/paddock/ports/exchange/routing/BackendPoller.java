package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.llm.ModelCatalogPort;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Asks one server for its models again and again, in a thread of its own: those in memory every time, all of them every few times. It asks
 * at once when a call has shown that a model was loaded. Thread-safe.
 */
final class BackendPoller implements AutoCloseable {

    private static final int LISTS = 4;
    private static final double JITTER = 0.25;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private final RoutedBackend state;
    private final ModelCatalogPort catalog;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final Runnable onList;
    private final Semaphore wake = new Semaphore(0);
    private final Cancellation closing = Cancellation.create();

    /**
     * Creates the poller; it does nothing before it is started.
     *
     * @param onList is run after each list of models
     */
    BackendPoller(RoutedBackend state, ModelCatalogPort catalog, Ticker ticker, RandomGenerator random, Runnable onList) {
        this.state = state;
        this.catalog = catalog;
        this.ticker = ticker;
        this.random = random;
        this.onList = onList;
    }

    void start() {
        Thread.ofVirtual().name("paddock-backend-poller").start(this::run);
    }

    /** Asks the server soon. */
    void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    private void run() {
        try {
            int turn = 0;
            while (!closing.isCancelled()) {
                turn = poll(turn % LISTS == 0 || state.isUnreachable()) ? turn + 1 : 0;
                long pause = (long) (state.settings().poll().toNanos() * (1 + JITTER * random.nextDouble()));
                boolean unused = wake.tryAcquire(pause, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks once; returns whether there was an answer. */
    private boolean poll(boolean all) {
        try {
            if (all || !state.backend().hasNativeApi()) {
                readList();
            }
            if (state.backend().hasNativeApi()) {
                long requestedAt = ticker.nanos();
                state.running(catalog.runningModels(context()), requestedAt, InstantSource.system().instant());
            }
            return true;
        } catch (LlmException failure) {
            note(failure);
            return false;
        }
    }

    /** Asks once for all models. */
    void list() {
        try {
            readList();
        } catch (LlmException failure) {
            note(failure);
        }
    }

    private void readList() {
        long requestedAt = ticker.nanos();
        state.listed(catalog.models(context()), requestedAt);
        onList.run();
    }

    private void note(LlmException failure) {
        AttemptSignal signal = AttemptSignal.of(failure);
        if (signal == AttemptSignal.FAILED || signal == AttemptSignal.OVERLOADED) {
            state.pollFailed();
        }
    }

    private CallContext context() {
        Duration poll = state.settings().poll();
        Duration limit = poll.compareTo(LONGEST_ANSWER) > 0 ? LONGEST_ANSWER : poll.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : poll;
        return CallContext.within(limit, ticker).withCancellation(closing);
    }

    @Override
    public void close() {
        closing.cancel();
        wake();
    }
}
