package dev.paddock.adapters.http.answercache;

import static dev.paddock.adapters.http.answercache.CacheFixture.read;
import static dev.paddock.adapters.http.answercache.CacheFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.reuse.JsonReuseClassifier;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.model.embedding.Embedding;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.semantic.QuestionDifference;
import dev.paddock.domain.reuse.semantic.QuestionGuard;
import dev.paddock.domain.reuse.semantic.SemanticMode;
import dev.paddock.domain.reuse.semantic.SemanticSettings;
import dev.paddock.domain.reuse.semantic.SemanticSettings.Audit;
import dev.paddock.domain.reuse.semantic.SemanticSettings.EmbeddingLimits;
import dev.paddock.domain.reuse.semantic.SemanticSettings.Evidence;
import dev.paddock.domain.reuse.semantic.SemanticSettings.Matching;
import dev.paddock.domain.reuse.semantic.StoredQuestion;
import dev.paddock.domain.reuse.semantic.TextVector;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import dev.paddock.ports.reuse.QuestionStorePort;
import dev.paddock.testsupport.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers serve similar questions; calls are counted at the server. The vectors of all texts are equal unless a test says otherwise. */
class SemanticCacheTest {

    private static final String CHAT = "/api/chat";
    private static final String FIRST = "What is the capital of France?";
    private static final String SIMILAR = "Tell me the capital of France";

    private final StubServer server = new StubServer();
    private final Map<String, float[]> vectors = new ConcurrentHashMap<>();
    private final AtomicInteger embedded = new AtomicInteger();
    private volatile String space = "e 1";
    private volatile Runnable onEmbed = () -> {};
    private final CaffeineAnswerStore store = new CaffeineAnswerStore(1 << 20, System::nanoTime, MetricsPort.noOp());
    private AnswerCache answers;
    private SemanticCache cache;
    private ExchangeChain chain;

    @AfterEach
    void close() {
        chain.close();
    }

    @Test
    void open_similarQuestionInServe_isAnsweredByTheStoredAnswer() {
        start(settings(SemanticMode.SERVE, 1, 0));
        String first = learn(FIRST);
        try (Exchange exchange = open(chat(SIMILAR), CallContext.create())) {
            assertThat(exchange.head().headers().first("X-Cache")).isEqualTo("HIT");
            assertThat(exchange.head().headers().first("Cache-Status"))
                    .isEqualTo("paddock; hit; ttl=3600; key=\"s1\"; detail=\"similar 1.000\"");
            assertThat(exchange.head().provenance().source()).isEqualTo(Provenance.Source.CACHE);
            assertThat(read(exchange)).isEqualTo(first);
        }
        assertThat(ask(chat(SIMILAR).asStream())).contains("\"done\":true");

        assertThat(server.calls(CHAT)).isEqualTo(1);
        assertThat(cache.report().served()).isEqualTo(2);
        assertThat(answers.report().hits()).isZero();
        assertThat(answers.report().savedCompletionTokens()).isEqualTo(10);
    }

    @Test
    void open_similarQuestionInShadow_isAnsweredByTheModelAndCompared() {
        start(settings(SemanticMode.SHADOW, 1, 0));
        learn(FIRST);
        try (Exchange exchange = open(chat(SIMILAR), CallContext.create())) {
            assertThat(exchange.head().headers().first("X-Cache")).isEqualTo("MISS");
            assertThat(read(exchange)).contains("A2");
        }

        Eventually.await(() -> cache.report().falseCandidates().compared() == 1);
        assertThat(cache.report().falseCandidates().wrong()).isEqualTo(1); // A1 is not A2
        assertThat(cache.report().falseHits().compared()).isZero();
        assertThat(cache.report().shadowed()).isEqualTo(1);
        assertThat(server.calls(CHAT)).isEqualTo(2);
    }

    @Test
    void open_otherScope_isNeverServed() {
        start(settings(SemanticMode.SERVE, 1, 0));
        learn(FIRST);
        CallContext other = CallContext.create().with(CallAttributes.CALLER, "another");
        String sent = "{\"role\":\"user\",\"content\":\"" + SIMILAR + "\"}";
        List<String> bodies = List.of(
                "\"messages\":[" + sent + "],\"options\":{\"temperature\":0,\"top_p\":0.5}",
                "\"messages\":[" + sent + "],\"options\":{\"temperature\":0},\"format\":\"json\"",
                "\"messages\":[" + sent + "],\"options\":{\"temperature\":0},\"tools\":[{\"type\":\"function\"}]",
                "\"messages\":[{\"role\":\"system\",\"content\":\"Lie.\"}," + sent + "],\"options\":{\"temperature\":0}",
                "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Hi\"}," + sent
                        + "],\"options\":{\"temperature\":0}",
                "\"messages\":[{\"role\":\"user\",\"content\":\"" + SIMILAR + "\",\"images\":[\"AA==\"]}],\"options\":{\"temperature\":0}",
                "\"messages\":[{\"role\":\"tool\",\"content\":\"" + SIMILAR + "\"}],\"options\":{\"temperature\":0}");
        int calls = 1;
        for (String body : bodies) {
            ask(request(Operation.CHAT, CHAT, "{\"model\":\"m\"," + body + ",\"stream\":false}"));
            assertThat(server.calls(CHAT)).as(body).isEqualTo(++calls);
        }
        try (Exchange exchange = open(chat(SIMILAR), other)) {
            assertThat(read(exchange)).isNotEmpty();
        }
        assertThat(server.calls(CHAT)).isEqualTo(++calls);
        ask(request(
                Operation.GENERATE, "/api/generate", "{\"model\":\"m\",\"prompt\":\"" + SIMILAR + "\",\"options\":{\"temperature\":0}}"));
        assertThat(server.calls("/api/generate")).isEqualTo(1);
        assertThat(cache.report().served()).isZero();
    }

    @Test
    void open_newDigestOfEitherModel_isNotServed() {
        start(settings(SemanticMode.SERVE, 1, 0));
        learn(FIRST);
        space = "e 2";
        ask(chat(SIMILAR));
        assertThat(server.calls(CHAT)).isEqualTo(2);

        space = "e 1";
        server.digest("B");
        ask(request(Operation.PULL_MODEL, "/api/pull", "{\"model\":\"m\"}"));
        assertThat(ask(chat("Name the capital of France"))).contains("B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "zero", "empty", "failed", "not loaded", "longer"})
    void open_vectorOfNoUse_isAMiss(String kind) {
        start(settings(SemanticMode.SERVE, 1, 0));
        learn(FIRST);
        vectors.put(SIMILAR, switch (kind) {
            case "NaN" -> new float[] {Float.NaN, 1};
            case "zero" -> new float[] {0, 0};
            case "empty" -> new float[0];
            case "longer" -> new float[] {1, 0, 0};
            case "not loaded" -> new float[] {-18};
            default -> new float[] {-17};
        });
        assertThat(ask(chat(SIMILAR))).contains("A2");
        assertThat(cache.report().served()).isZero();
    }

    @Test
    void open_questionWithNothingToCompareWith_isAnsweredWithoutWaitingForAVector() {
        start(settings(SemanticMode.SERVE, 1, 0, Duration.ofMinutes(5)));
        CountDownLatch answered = new CountDownLatch(1);
        onEmbed = () -> Eventually.open(answered);

        assertThat(ask(chat(FIRST))).contains("A1"); // before its vector can be made
        answered.countDown();

        Eventually.await(() -> cache.report().entries() == 1);
        assertThat(embedded.get()).isEqualTo(1);
        assertThat(ask(chat(FIRST), CacheControl.DEFAULT.withNoCache())).contains("A2");
    }

    @Test
    void open_vectorThatComesLate_isAMissAndStoresTheQuestion() {
        start(settings(SemanticMode.SERVE, 1, 0, Duration.ofMillis(1)));
        learn(FIRST);
        CountDownLatch answered = new CountDownLatch(1);
        onEmbed = () -> Eventually.open(answered);

        assertThat(ask(chat(SIMILAR))).contains("A2");
        assertThat(cache.report().late()).isEqualTo(1);
        answered.countDown();

        Eventually.await(() -> cache.report().entries() == 2);
        assertThat(embedded.get()).as("vectors of two questions, each made once").isEqualTo(2);
        assertThat(cache.report().failed()).isZero();
    }

    @Test
    void open_vectorThatAnotherCallHasStored_isNotMadeAgain() {
        start(settings(SemanticMode.SERVE, 1, 0), null);
        learn(FIRST);
        int before = server.calls("/api/embed");
        ask(request(Operation.EMBED, "/api/embed", "{\"model\":\"m\",\"input\":[\"" + SIMILAR + "\"]}"));
        assertThat(server.calls("/api/embed")).isEqualTo(before + 1);

        assertThat(ask(chat(SIMILAR))).contains("A1");

        assertThat(server.calls("/api/embed")).isEqualTo(before + 1);
    }

    @Test
    void open_vectorBelowTheThreshold_isAMiss() {
        start(settings(SemanticMode.SERVE, 1, 0));
        learn(FIRST);
        vectors.put(SIMILAR, new float[] {0.89f, (float) Math.sqrt(1 - 0.89 * 0.89)});
        assertThat(ask(chat(SIMILAR))).contains("A2");
        vectors.put("Give me the capital of France", new float[] {0.91f, -(float) Math.sqrt(1 - 0.91 * 0.91)});
        assertThat(ask(chat("Give me the capital of France"))).contains("A1");
    }

    @Test
    void open_questionsThatAGuardTellsApart_areNotServed() {
        start(settings(SemanticMode.SERVE, 1, 0));
        learn("What is the square root of 16?");
        assertThat(ask(chat("What is the square root of 25?"))).contains("A2");
        assertThat(ask(chat("continue"))).contains("A3");
        assertThat(cache.report().refused()).containsEntry(QuestionDifference.NUMBER, 1L);
        assertThat(cache.report().served()).isZero();
    }

    @Test
    void open_withoutEvidence_exploresUntilItKnows() {
        start(settings(SemanticMode.SERVE, 0.5, 0));
        server.fault(answer -> says("It is Paris."));
        learn(FIRST);
        int questions = 1;
        while (cache.report().served() == 0 && questions < 50) {
            String question = "Tell me the capital of France" + " please".repeat(questions);
            server.fault(answer -> says("Paris, of course")); // the vectors are equal, too
            ask(chat(question));
            long explored = cache.report().explored();
            Eventually.await(() -> cache.report().falseCandidates().compared() == explored);
            questions++;
        }
        assertThat(cache.report().explored()).isGreaterThanOrEqualTo(6);
        assertThat(server.calls(CHAT)).isEqualTo(1 + (int) cache.report().explored());
    }

    @Test
    void open_audit_comparesWithTheModelAndStopsToServe() {
        start(settings(SemanticMode.SERVE, 1, 1));
        learn(FIRST);
        assertThat(ask(chat(SIMILAR))).contains("A1");

        Eventually.await(() -> cache.report().stoppedItself());
        assertThat(cache.report().mode()).isEqualTo(SemanticMode.SHADOW);
        assertThat(cache.report().falseHits().wrong()).isEqualTo(1);
        assertThat(server.calls(CHAT)).isEqualTo(2);
        assertThat(ask(chat("Give me the capital of France"))).contains("A3");

        cache.mode(SemanticMode.SERVE);
        assertThat(cache.report().stoppedItself()).isFalse();
        assertThat(cache.report().falseHits().compared()).isZero();
    }

    @Test
    void reportWrong_answer_isServedNoMore() {
        start(settings(SemanticMode.SERVE, 1, 0));
        String first = learn(FIRST);
        ask(chat(SIMILAR));

        assertThat(cache.reportWrong("s2")).isFalse();
        assertThat(cache.reportWrong("s1")).isTrue();
        assertThat(cache.reportWrong("s1")).isFalse();
        assertThat(ask(chat(SIMILAR))).contains("A2");
        assertThat(ask(chat(FIRST))).isEqualTo(first);
        assertThat(cache.report().reported()).isEqualTo(1);
    }

    @Test
    void open_answerThatLeftTheExactCache_isNotServed() {
        start(settings(SemanticMode.SERVE, 1, 0));
        learn(FIRST);
        store.remove(AnswerSelection.ALL);
        assertThat(ask(chat(SIMILAR))).contains("A2");
        Eventually.await(() -> cache.report().entries() == 1);
        assertThat(ask(chat("Give me the capital of France"))).contains("A2");
    }

    @Test
    void clear_answers_removesTheirQuestions() {
        start(settings(SemanticMode.SERVE, 1, 0));
        learn(FIRST);
        answers.clear(new AnswerSelection("another", null));
        assertThat(cache.report().entries()).isEqualTo(1);

        answers.clear(new AnswerSelection(null, "m"));

        assertThat(cache.report().entries()).isZero();
        assertThat(cache.report().bytes()).isZero();
    }

    @Test
    void open_questionThatAnotherProcessHasAdded_isAnsweredFromTheCommonStore() {
        SharedQuestions shared = new SharedQuestions();
        start(settings(SemanticMode.SERVE, 1, 0));
        cache.shareWith(shared);
        learn(FIRST);
        SemanticCache before = cache;
        start(settings(SemanticMode.SERVE, 1, 0));
        cache.shareWith(shared);

        assertThat(ask(chat(SIMILAR))).contains("A1");
        assertThat(server.calls(CHAT)).isEqualTo(1);
        assertThat(before.report().entries()).as("its own question came back").isEqualTo(1);
        assertThat(cache.report().entries()).isEqualTo(1);
    }

    @Test
    void open_questionThatAnotherProcessHasAnsweredAgain_isServedWithoutTheEvidenceOfTheEarlierAnswer() {
        SharedQuestions shared = new SharedQuestions();
        start(settings(SemanticMode.SERVE, 1, 0));
        cache.shareWith(shared);
        List<StoredQuestion> told = new CopyOnWriteArrayList<>();
        shared.onAdded(told::add); // after the cache
        learn(FIRST);
        Eventually.await("the cache was told", () -> !told.isEmpty());
        String own = served(SIMILAR);
        assertThat(own).as("its own question came back, and its evidence stays").contains("key=\"s1\"");

        shared.add(told.getFirst());

        assertThat(served(SIMILAR)).contains("hit").isNotEqualTo(own);
        assertThat(cache.report().entries()).isEqualTo(1);
    }

    private String served(String question) {
        try (Exchange exchange = open(chat(question), CallContext.create())) {
            return exchange.head().headers().first("Cache-Status");
        }
    }

    @Test
    void open_ownQuestionAnsweredAgain_isNotComparedWithItself() {
        start(settings(SemanticMode.SERVE, 1, 0));
        learn(FIRST);
        ask(chat(FIRST), CacheControl.DEFAULT.withNoCache());

        Eventually.await(() -> {
            try (Exchange exchange = open(chat(SIMILAR), CallContext.create())) {
                return exchange.head().headers().first("Cache-Status").contains("key=\"s2\""); // without the evidence of s1
            }
        });
        assertThat(cache.report().falseCandidates().compared()).isZero();
        assertThat(cache.report().entries()).isEqualTo(1);
    }

    @Test
    void open_manyAuditsAtOnce_areAllCompared() {
        start(settings(SemanticMode.SERVE, 1, 1));
        learn(FIRST);
        int audits = 15; // of 16 places: the thread that has learned may still hold one
        CountDownLatch together = new CountDownLatch(audits);
        server.onAnswer(() -> {
            together.countDown();
            try {
                together.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        for (int number = 0; number < audits; number++) {
            assertThat(ask(chat(SIMILAR + " please".repeat(number)))).contains("A1");
        }

        Eventually.await(() -> cache.report().falseHits().compared() == audits);
        assertThat(cache.report().falseHits().wrong()).isEqualTo(audits);
    }

    @Test
    void open_directives_areObeyed() {
        start(settings(SemanticMode.SERVE, 1, 0));
        learn(FIRST);
        for (CacheControl control : List.of(CacheControl.DEFAULT.withNoCache(), CacheControl.DEFAULT.withNoStore())) {
            int calls = server.calls(CHAT);
            ask(chat(SIMILAR), control);
            assertThat(server.calls(CHAT)).isEqualTo(calls + 1);
        }
    }

    @Test
    void put_manyQuestions_staysWithinTheMemory() {
        start(settings(SemanticMode.SERVE, 1, 0));
        for (int number = 0; number < 400; number++) {
            ask(chat("What is the name of the river number " + number + " of France?"));
        }
        Eventually.await(() -> cache.report().entries() > 10);
        assertThat(cache.report().bytes()).isLessThanOrEqualTo(64 * 1024);
        assertThat(cache.report().entries()).isLessThan(100);
    }

    private static SemanticSettings settings(SemanticMode mode, double maxErrors, double audited) {
        return settings(mode, maxErrors, audited, Duration.ofSeconds(10));
    }

    private static SemanticSettings settings(SemanticMode mode, double maxErrors, double audited, Duration patience) {
        return new SemanticSettings(
                mode,
                new Matching(0.9, new QuestionGuard(12, 1000)),
                new Evidence(maxErrors, maxErrors == 1 ? 0 : 6, 0.95),
                new Audit(audited, 0.02),
                new EmbeddingLimits("m", patience),
                64 * 1024);
    }

    private void start(SemanticSettings settings) {
        EmbeddingSourcePort source = (text, context) -> {
            onEmbed.run();
            embedded.incrementAndGet();
            float[] vector = vectors.getOrDefault(text, new float[] {1, 0});
            if (vector.length == 1) {
                throw failure(vector[0]);
            }
            return new TextVector(space, Embedding.wrap(vector));
        };
        start(settings, source);
    }

    /** Starts with a source of vectors, or null for the model of the server. */
    private void start(SemanticSettings settings, @Nullable EmbeddingSourcePort source) {
        ModelVersions versions =
                new ModelVersions(ModelVersionSettings.DEFAULT, new OllamaDialect().catalog().models(), System::nanoTime);
        answers = AnswerCache.over(
                store,
                CacheFixture.SETTINGS,
                new JsonReuseClassifier(false),
                versions,
                MetricsPort.noOp(),
                System::nanoTime,
                InstantSource.fixed(Instant.EPOCH));
        cache = new SemanticCache(settings, answers, new OllamaDialect().embed(), source, MetricsPort.noOp(), () -> 0.5 - 1e-9);
        chain = ExchangeChain.assemble(server, List.of(answers.lookup(), cache.decorator(), answers.recorder(), versions.decorator()));
    }

    private static RuntimeException failure(float kind) {
        if (kind == -18) {
            throw new ExceptionInInitializerError("a library of the model cannot be loaded");
        }
        return new IllegalStateException("no vector");
    }

    /** A store of questions in memory. */
    private static final class SharedQuestions implements QuestionStorePort {

        private final List<StoredQuestion> questions = new CopyOnWriteArrayList<>();
        private final List<Consumer<StoredQuestion>> receivers = new CopyOnWriteArrayList<>();

        @Override
        public void add(StoredQuestion question) {
            questions.add(question);
            receivers.forEach(receiver -> receiver.accept(question));
        }

        @Override
        public void onAdded(Consumer<StoredQuestion> receiver) {
            receivers.add(receiver);
            questions.forEach(receiver);
        }
    }

    private static StubServer.Answer says(String text) {
        return StubServer.document(
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\"},\"done\":true}");
    }

    private static ExchangeRequest chat(String content) {
        return CacheFixture.chat(content);
    }

    private Exchange open(ExchangeRequest request, CallContext context) {
        return chain.open(request, context);
    }

    private String ask(ExchangeRequest request) {
        return ask(request, CacheControl.DEFAULT);
    }

    private String ask(ExchangeRequest request, CacheControl control) {
        try (Exchange exchange = open(request, CallContext.create().with(CallAttributes.CACHE_CONTROL, control))) {
            return read(exchange);
        }
    }

    /** Asks a question, and waits until its answer can serve others. */
    private String learn(String question) {
        long before = cache.report().entries();
        String answer = ask(chat(question));
        Eventually.await(() -> cache.report().entries() == before + 1);
        return answer;
    }
}
