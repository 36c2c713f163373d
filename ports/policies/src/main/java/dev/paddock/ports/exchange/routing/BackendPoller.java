package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.llm.ModelCatalogPort;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Asks one server for its models again and again: those in memory every time, all of them every few times. It asks at once when a call has
 * shown that a model was loaded. Thread-safe.
 */
final class BackendPoller implements AutoCloseable {

    private static final int LISTS = 4;
    private static final double JITTER = 0.25;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private final RoutedBackend state;
    private final ModelCatalogPort catalog;
    private final Duration interval;
    private final Ticker ticker;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Runnable onChange;
    private final Cancellation closing = Cancellation.create();
    private final PollSchedule.Repetition turns;
    private final AtomicInteger comparedAt = new AtomicInteger(); // the number of changes at the last comparison
    private int turn; // confined to the turns

    /**
     * Creates the poller and starts it.
     *
     * @param interval the shortest pause between two turns
     * @param onChange is run after each list of models that shows another digest
     */
    BackendPoller(
            RoutedBackend state,
            ModelCatalogPort catalog,
            Duration interval,
            BackendDirectory directory,
            RandomGenerator random,
            Runnable onChange) {
        this.state = state;
        this.catalog = catalog;
        this.interval = interval;
        this.ticker = directory.ticker();
        this.clock = directory.clock();
        this.random = random;
        this.onChange = onChange;
        this.turns = directory.polls().start(this::takeTurn);
    }

    /** Asks the server soon. */
    void wake() {
        turns.wake();
    }

    /** Asks once; returns the pause until the next time. */
    private Duration takeTurn() {
        turn = poll(turn % LISTS == 0 || state.isUnreachable()) ? turn + 1 : 0;
        return Duration.ofNanos((long) (interval.toNanos() * (1 + JITTER * random.nextDouble())));
    }

    /** Asks once; returns whether there was an answer. */
    private boolean poll(boolean all) {
        try {
            if (all || !state.backend().hasNativeApi()) {
                readList();
            }
            if (state.backend().hasNativeApi()) {
                long requestedAt = ticker.nanos();
                state.running(catalog.runningModels(context()), requestedAt, interval, clock.instant());
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
        int changes = state.digestChanges();
        if (comparedAt.getAndSet(changes) != changes) {
            onChange.run();
        }
    }

    private void note(LlmException failure) {
        AttemptSignal signal = AttemptSignal.of(failure);
        if (signal == AttemptSignal.FAILED || signal == AttemptSignal.OVERLOADED) {
            state.pollFailed();
        }
    }

    private CallContext context() {
        Duration limit = interval.compareTo(LONGEST_ANSWER) > 0
                ? LONGEST_ANSWER
                : interval.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : interval;
        return CallContext.within(limit, ticker).withCancellation(closing);
    }

    @Override
    public void close() {
        closing.cancel();
        turns.close();
    }
}
