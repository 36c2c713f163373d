package dev.paddock.adapters.http.sharedstate;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.sharedstate.SharedStateSettings;
import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.AnswerStorePort;
import dev.paddock.ports.reuse.QuestionStorePort;
import dev.paddock.ports.sharedstate.LeasePort;
import dev.paddock.ports.sharedstate.RateLimitPort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** State in Redis or Valkey. Thread-safe. */
final class RedisSharedState implements SharedStatePort {

    private static final Ticker TICKER = System::nanoTime;

    private final SharedStore store;
    private final StoreOperations operations;
    private final BackgroundWrites writes = new BackgroundWrites();
    private final AnswerStorePort answers;
    private final RedisQuestions questions;
    private final LeasePort leases;

    private RedisSharedState(SharedStateSettings settings, MetricsPort metrics) {
        this.store = new SharedStore(settings, metrics, TICKER, new Wakeup());
        this.operations = new StoreOperations(store, metrics, TICKER);
        this.answers = new RedisAnswerStore(store, operations, writes, metrics, InstantSource.system());
        this.questions = new RedisQuestions(store, operations, writes);
        this.leases = new RedisLeases(store, operations, writes);
    }

    /** Opens the state in a store, as {@link dev.paddock.ports.sharedstate.SharedStateProviderPort#open} describes. */
    static RedisSharedState open(SharedStateSettings settings, MetricsPort metrics) {
        RedisSharedState state = new RedisSharedState(settings, metrics);
        state.store.start();
        return state;
    }

    @Override
    public @Nullable AnswerStorePort answers() {
        return store.settings().parts().answers() ? answers : null;
    }

    @Override
    public @Nullable QuestionStorePort questions() {
        return store.settings().parts().answers() ? questions : null;
    }

    @Override
    public RateLimitPort rateLimits(RateLimitPort local) {
        requireNonNull(local, "local");
        if (!store.settings().parts().limits()) {
            return local;
        }
        store.join();
        return new RedisRateLimits(store, operations, local, TICKER);
    }

    @Override
    public @Nullable LeasePort leases() {
        return store.settings().parts().leases() ? leases : null;
    }

    @Override
    public void onAnswersRemoved(Runnable action) {
        store.agreement().onAnswersRemoved(action);
    }

    @Override
    public void announceModelChange() {
        store.agreement().changeModels();
        store.lookSoon();
    }

    @Override
    public void onModelChange(Runnable action) {
        store.agreement().onModelChange(action);
    }

    @Override
    public StoreState state() {
        return store.state();
    }

    @Override
    public void close() {
        writes.close();
        store.close();
    }
}
