package dev.paddock.adapters.http.answercache;

import static dev.paddock.adapters.http.answercache.CacheFixture.chat;
import static dev.paddock.adapters.http.answercache.CacheFixture.read;
import static dev.paddock.adapters.http.answercache.CacheFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.reuse.JsonReuseClassifier;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.ReuseClassifier;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.AnswerStorePort;
import dev.paddock.ports.reuse.QuestionStorePort;
import dev.paddock.ports.sharedstate.LeasePort;
import dev.paddock.ports.sharedstate.RateLimitPort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two caches before one store, as two processes have them; the server counts. */
@Timeout(60)
class SharedCachesTest {

    private static final String CHAT = "/api/chat";
    private static final ExchangeRequest HELLO = chat("hello");

    private final StubServer server = new StubServer();
    private final CaffeineAnswerStore store = new CaffeineAnswerStore(1 << 20, System::nanoTime, MetricsPort.noOp());
    private final LeasePort leases = LeasePort.local();
    private final AtomicInteger leaseTries = new AtomicInteger();
    private final Process one = new Process();
    private final Process other = new Process();

    @Test
    void find_storedByTheOther_isKeptHere() {
        assertThat(one.ask(HELLO)).contains("A1");
        assertThat(other.ask(HELLO)).contains("A1");
        store.remove(AnswerSelection.ALL);

        assertThat(other.ask(HELLO)).contains("A1");
        assertThat(server.calls(CHAT)).isEqualTo(1);
    }

    @Test
    void find_removedElsewhere_isNoLongerKeptHere() {
        one.ask(HELLO);
        other.ask(HELLO);
        one.cache.clear(AnswerSelection.ALL);
        assertThat(store.entries()).isZero();
        other.state.removal.run();

        assertThat(other.ask(HELLO)).contains("A2");
    }

    @Test
    void put_answerThatBeganBeforeARemovalElsewhere_isNotStored() {
        try (Exchange answer = other.chain.open(HELLO, CallContext.create())) {
            one.cache.clear(AnswerSelection.ALL);
            other.state.removal.run();
            read(answer);
        }

        assertThat(store.entries()).isZero();
        assertThat(other.ask(HELLO)).contains("A2");
    }

    @Test
    void put_answerThatBeganBeforeARemovalHere_isInNoStore() {
        CaffeineAnswerStore first = new CaffeineAnswerStore(1 << 20, System::nanoTime, MetricsPort.noOp());
        TieredAnswerStore both = new TieredAnswerStore(first, store, answer -> Duration.ofHours(1));
        StoredAnswer answer = CaffeineAnswerStoreTest.answer(1, List.of());
        long before = both.generation();
        both.remove(AnswerSelection.ALL);
        both.put(answer, Duration.ofHours(1), before);

        assertThat(first.entries()).isZero();
        assertThat(store.entries()).isZero();
    }

    @Test
    void remove_duringALookUp_leavesNoAnswerHere() {
        StoredAnswer answer = CaffeineAnswerStoreTest.answer(1, List.of());
        store.put(answer, Duration.ofHours(1), store.generation());
        CaffeineAnswerStore first = new CaffeineAnswerStore(1 << 20, System::nanoTime, MetricsPort.noOp());
        AtomicInteger lookUps = new AtomicInteger();
        TieredAnswerStore both = new TieredAnswerStore(first, new ObservedStore(store, () -> {}, () -> {
            if (new TieredAnswerStore(first, store, found -> Duration.ofHours(1)).find(answer.key()) != null) {
                lookUps.incrementAndGet();
            }
        }), found -> Duration.ofHours(1));

        both.remove(AnswerSelection.ALL);

        assertThat(lookUps).hasValue(1);
        assertThat(first.find(answer.key())).isNull();
        assertThat(both.find(answer.key())).isNull();
    }

    @Test
    void find_answerWhoseTimeIsOver_isNone() {
        StoredAnswer answer = CaffeineAnswerStoreTest.answer(1, List.of());
        store.put(answer, Duration.ofHours(1), store.generation());
        CaffeineAnswerStore first = new CaffeineAnswerStore(1 << 20, System::nanoTime, MetricsPort.noOp());

        assertThat(new TieredAnswerStore(first, store, found -> Duration.ZERO).find(answer.key())).isNull();
        assertThat(first.entries()).isZero();
        assertThat(new TieredAnswerStore(first, store, found -> Duration.ofSeconds(1)).find(answer.key())).isNotNull();
        assertThat(first.entries()).isEqualTo(1);
    }

    @Test
    void change_ofModels_isToldAndLearned() {
        AtomicInteger told = new AtomicInteger();
        one.versions.onChange(told::incrementAndGet);
        one.ask(HELLO);
        other.ask(HELLO);
        server.digest("B");
        one.ask(request(Operation.PULL_MODEL, "/api/pull", "{\"model\":\"m\"}"));
        assertThat(told).hasValue(1);
        other.versions.changedElsewhere();

        assertThat(other.ask(HELLO)).contains("B2");
        assertThat(one.ask(HELLO)).contains("B2");
    }

    @Test
    void change_elsewhereBeforeTheFirstCall_readsNothing() {
        one.versions.changedElsewhere();

        assertThat(server.calls("/api/tags")).isZero();
    }

    @Test
    void lease_equalRequests_areOneAtTheServer() {
        CountDownLatch answers = new CountDownLatch(1);
        server.onAnswer(() -> Eventually.open(answers));
        List<Future<String>> callers = new ArrayList<>();
        for (int caller = 0; caller < 10; caller++) {
            Process process = caller % 2 == 0 ? one : other;
            callers.add(Parallel.start(() -> process.ask(HELLO)));
        }
        Eventually.await("all have missed it, and one has the lease", () -> leaseTries.get() == 10);
        Eventually.await("one asks", () -> server.calls(CHAT) == 1);
        answers.countDown();

        assertThat(callers).allSatisfy(caller -> assertThat(Parallel.resultOf(caller)).contains("A1"));
        assertThat(server.calls(CHAT)).isEqualTo(1);
    }

    @Test
    void lease_answerThatIsNotStored_isGivenBack() {
        server.fault(answer -> answer.withStatus(503));
        one.ask(HELLO);
        server.fault(answer -> answer.withHeader("Cache-Control", "no-store"));
        try (Exchange answer = one.chain.open(HELLO, CallContext.create())) {
            assertThat(leases.isHeld(one.leaseName)).isFalse(); // before its end
            read(answer);
        }
        try (Exchange abandoned = one.chain.open(HELLO, CallContext.create())) {
            assertThat(leases.isHeld(one.leaseName)).isTrue();
            assertThat(abandoned.head().status()).isEqualTo(200);
        }

        assertThat(leases.isHeld(one.leaseName)).isFalse();
        assertThat(other.ask(HELLO)).contains("A4");
    }

    @Test
    void lease_thatAnotherHolds_isNotWaitedForByACallerWithDirectives() {
        one.ask(HELLO);
        assertThat(leases.tryAcquire(one.leaseName)).isTrue();
        CallContext fresh = CallContext.create().with(CallAttributes.CACHE_CONTROL, CacheControl.DEFAULT.withNoCache());

        try (Exchange answer = other.chain.open(HELLO, fresh)) {
            assertThat(read(answer)).contains("A2");
        }
    }

    @Test
    void lease_callerThatLeaves_waitsNoLonger() {
        one.ask(HELLO);
        one.cache.clear(AnswerSelection.ALL);
        assertThat(leases.tryAcquire(one.leaseName)).isTrue();
        CallContext context = CallContext.create();
        Future<String> waiting = Parallel.start(() -> {
            try (Exchange answer = one.chain.open(HELLO, context)) {
                return read(answer);
            } catch (CallCancelledException cancelled) {
                return "cancelled";
            }
        });
        context.cancellation().cancel();

        assertThat(Parallel.resultOf(waiting)).isEqualTo("cancelled");
    }

    /** A process with a cache of its own. */
    private final class Process {

        private final ModelVersions versions = new ModelVersions(
                ModelVersionSettings.DEFAULT, new OllamaDialect().catalog().models(), System::nanoTime);
        private final StubSharedState state = new StubSharedState();
        private final AnswerCache cache;
        private final ExchangeChain chain;
        private volatile String leaseName = "";

        Process() {
            ReuseClassifier classifier = new JsonReuseClassifier(false);
            cache = AnswerCache.before(
                    store, state, CacheFixture.SETTINGS, classifier, versions, MetricsPort.noOp(), System::nanoTime);
            chain = ExchangeChain.assemble(
                    server,
                    List.of(cache.lookup(), cache.leased(state, MetricsPort.noOp()), cache.recorder(), versions.decorator()));
        }

        String ask(ExchangeRequest request) {
            try (Exchange answer = chain.open(request, CallContext.create())) {
                return read(answer);
            }
        }

        /** Shared state without a store: the leases of this test, of which it notes the last name. */
        private final class StubSharedState implements SharedStatePort, LeasePort {

            private volatile Runnable removal = () -> {};

            @Override
            public @Nullable QuestionStorePort questions() {
                return null;
            }

            @Override
            public boolean tryAcquire(String name) {
                leaseName = name;
                boolean isAcquired = leases.tryAcquire(name);
                leaseTries.incrementAndGet();
                return isAcquired;
            }

            @Override
            public boolean isHeld(String name) {
                return leases.isHeld(name);
            }

            @Override
            public void release(String name) {
                leases.release(name);
            }

            @Override
            public AnswerStorePort answers() {
                return store;
            }

            @Override
            public RateLimitPort rateLimits(RateLimitPort local) {
                return local;
            }

            @Override
            public LeasePort leases() {
                return this;
            }

            @Override
            public void onAnswersRemoved(Runnable action) {
                removal = action;
            }

            @Override
            public void announceModelChange() {}

            @Override
            public void onModelChange(Runnable action) {}

            @Override
            public StoreState state() {
                return StoreState.AVAILABLE;
            }

            @Override
            public void close() {}
        }
    }
}
