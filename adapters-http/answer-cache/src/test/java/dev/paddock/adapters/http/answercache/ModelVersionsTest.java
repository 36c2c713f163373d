package dev.paddock.adapters.http.answercache;

import static dev.paddock.adapters.http.answercache.CacheFixture.chat;
import static dev.paddock.adapters.http.answercache.CacheFixture.read;
import static dev.paddock.adapters.http.answercache.CacheFixture.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.answercache.ModelVersionSettings.ModelVersioning;
import dev.paddock.adapters.http.answercache.embedding.BatchLimits;
import dev.paddock.adapters.http.answercache.embedding.EmbeddingBatchSettings;
import dev.paddock.adapters.http.answercache.embedding.EmbeddingExchangePort;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.reuse.JsonReuseClassifier;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.reuse.ReuseClassifier;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.AnswerStorePort;
import dev.paddock.testsupport.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How changes of models are noticed, by this client and by others; calls are counted at the server. */
class ModelVersionsTest {

    private static final String CHAT = "/api/chat";
    private static final String TAGS = "/api/tags";
    private static final ExchangeRequest HELLO = chat("hello");

    private CacheFixture fixture = new CacheFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void open_modelChangedByAnotherClient_isNoticedWithinThePoll() {
        fixture.ask(HELLO);
        fixture.server().digest("B");
        fixture.advance(Duration.ofSeconds(30));

        assertThat(fixture.ask(HELLO)).contains("B2");
        assertThat(fixture.server().calls(TAGS)).isEqualTo(2);
    }

    @Test
    void open_modelChangedThroughHere_isNoticedAtOnce() {
        fixture.ask(HELLO);
        fixture.server().digest("B");
        fixture.ask(pull("m"));

        assertThat(fixture.ask(HELLO)).contains("B2");
        fixture.server().digest("A");
        fixture.ask(pull("m:latest"));
        assertThat(fixture.ask(HELLO)).contains("A1"); // the old model again
    }

    @Test
    void open_whileAModelIsChanged_bypassesThatModel() {
        fixture.ask(HELLO);
        Exchange pull = fixture.open(pull("M"), CallContext.create());

        assertThat(fixture.open(HELLO, CallContext.create()).head().headers().first("Cache-Status"))
                .isEqualTo("paddock; fwd=bypass; detail=model_unknown");
        read(pull);
        assertThat(fixture.ask(HELLO)).contains("A1");
    }

    @Test
    void store_modelChangedMeanwhile_storesNothing() {
        Exchange answer = fixture.open(HELLO, CallContext.create());
        fixture.ask(pull("m"));
        read(answer);

        assertThat(fixture.ask(HELLO)).contains("A2");
    }

    /** Others may have joined the call after the change. */
    @Test
    void open_modelChangedBetweenLookupAndSingleFlight_isNotAnsweredByWhatTheOldModelSaid() {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        fixture.close();
        AnswerStorePort store = new CaffeineAnswerStore(1 << 20, System::nanoTime, MetricsPort.noOp());
        Runnable askAndChange = () -> {
            if (isFirst.getAndSet(false)) {
                assertThat(fixture.ask(HELLO)).contains("A1");
                fixture.server().digest("B");
                fixture.ask(pull("m"));
            }
        };
        fixture = new CacheFixture(CacheFixture.SETTINGS, new ObservedStore(store, askAndChange, () -> {}), true);

        assertThat(fixture.ask(HELLO)).contains("B2");
    }

    @Test
    void store_modelChangedByAnotherClientMeanwhile_storesNothing() {
        Exchange answer = fixture.open(HELLO, CallContext.create());
        fixture.server().digest("B");
        fixture.advance(Duration.ofSeconds(30));
        fixture.ask(chat("something else")); // the list is read again
        read(answer);
        fixture.server().digest("A");
        fixture.advance(Duration.ofSeconds(30));

        assertThat(fixture.ask(HELLO)).contains("A3");
    }

    @Test
    void open_listReadDuringAChange_isReadAgain() {
        fixture.ask(HELLO);
        fixture.server().onTags(() -> {
            if (fixture.server().digest().equals("A")) {
                Exchange pull = fixture.open(pull("m"), CallContext.create());
                fixture.server().digest("B"); // the list on its way still has the old digest or the new one
                read(pull);
            }
        });
        fixture.advance(Duration.ofSeconds(30));

        assertThat(fixture.ask(HELLO)).contains("B2");
        assertThat(fixture.ask(HELLO)).contains("B2");
    }

    @Test
    void open_serverWithoutDigests_storesNothingUnlessByName() {
        fixture.server().digest("");
        fixture.ask(HELLO);
        fixture.ask(HELLO);
        assertThat(fixture.server().calls(CHAT)).isEqualTo(2);

        fixture.close();
        fixture = new CacheFixture(
                CacheFixture.SETTINGS, new ModelVersionSettings(ModelVersioning.NAME, Duration.ofSeconds(30)), null, false);
        fixture.ask(HELLO);
        fixture.ask(HELLO);
        assertThat(fixture.server().calls(CHAT)).isEqualTo(1);
        assertThat(fixture.server().calls(TAGS)).isZero();
        fixture.ask(pull("m"));
        fixture.ask(HELLO);
        assertThat(fixture.server().calls(CHAT)).isEqualTo(2);
    }

    @Test
    void open_listThatDoesNotCome_holdsUpOneCallOnly() {
        CountDownLatch never = new CountDownLatch(1);
        fixture.server().onTags(() -> Eventually.open(never));
        CallContext hurried = CallContext.within(Duration.ofMillis(1), System::nanoTime);

        try {
            assertThat(fixture.open(HELLO, hurried).head().headers().first("X-Cache")).isEqualTo("BYPASS");
            assertThat(fixture.open(HELLO, CallContext.create()).head().headers().first("X-Cache")).isEqualTo("BYPASS");
            long start = System.nanoTime();
            for (int count = 0; count < 30; count++) {
                assertThat(fixture.open(HELLO, CallContext.create()).head().headers().first("X-Cache")).isEqualTo("BYPASS");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20)); // each would wait for a second
            assertThat(fixture.server().calls(TAGS)).isEqualTo(1);
        } finally {
            never.countDown();
        }
    }

    @Test
    void decorator_answersAndVectorsAreKept_theListIsReadOnceForBoth() {
        StubServer server = fixture.server();
        ModelVersions versions =
                new ModelVersions(ModelVersionSettings.DEFAULT, new OllamaDialect().catalog().models(), System::nanoTime);
        ReuseClassifier classifier = new JsonReuseClassifier(false);
        AnswerCache cache =
                AnswerCache.inMemory(CacheFixture.SETTINGS, classifier, versions, MetricsPort.noOp(), System::nanoTime);
        EmbeddingBatchSettings vectors = new EmbeddingBatchSettings(
                new BatchLimits(8, 1000, 1 << 20, null), 1 << 20, Duration.ofHours(1), Tenancy.SEPARATE);
        ExchangeRequest embed = request(Operation.EMBED, "/api/embed", "{\"model\":\"m\",\"input\":\"a\"}");
        try (ExchangeChain chain = ExchangeChain.assemble(server, List.of(
                cache.lookup(),
                cache.recorder(),
                EmbeddingExchangePort.decorator(vectors, classifier, versions, MetricsPort.noOp(), System::nanoTime, null),
                versions.decorator()))) {
            read(chain.open(embed, CallContext.create()));
            read(chain.open(embed, CallContext.create().with(CallAttributes.CALLER, "other"))); // a miss for both
            assertThat(server.calls("/api/embed")).isEqualTo(2);
            assertThat(server.calls(TAGS)).isEqualTo(1);

            server.digest("B");
            read(chain.open(pull("m"), CallContext.create()));
            read(chain.open(embed, CallContext.create()));
            assertThat(server.calls("/api/embed")).isEqualTo(3);
            assertThat(server.calls(TAGS)).isEqualTo(2);
        }
    }

    @Test
    void decorator_ofASecondChain_isRefused() {
        ModelVersions versions =
                new ModelVersions(ModelVersionSettings.DEFAULT, new OllamaDialect().catalog().models(), System::nanoTime);
        ExchangeChain.assemble(fixture.server(), List.of(versions.decorator())).close();

        assertThatThrownBy(() -> ExchangeChain.assemble(fixture.server(), List.of(versions.decorator())))
                .isInstanceOf(IllegalStateException.class);
    }

    private static ExchangeRequest pull(String model) {
        return ExchangeRequest.post(Operation.PULL_MODEL, "/api/pull", ("{\"name\":\"" + model + "\"}").getBytes(UTF_8));
    }
}
