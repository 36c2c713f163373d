package dev.paddock.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.wire.CatalogCodec;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.adapters.http.wire.EmbedCodec;
import dev.paddock.adapters.http.wire.GenerationCodec;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.ConfigurationProblem;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerClassifier;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import dev.paddock.ports.metrics.MetricsPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaddockBuilderTest {

    private static final ChatRequest QUESTION = ChatRequest.of("llama3.2", "Why is the sky blue?");

    private final OllamaSimulator simulator = OllamaSimulator.start();

    @AfterEach
    void stopSimulator() {
        simulator.close();
    }

    @Test
    void openWithFirstCall_opensNothingBefore() {
        try (Paddock paddock = builder().openWithFirstCall().build()) {
            assertThat(paddock.pool().pools()).isEmpty();
            assertThat(paddock.circuitBreakers().circuits()).isEmpty();

            assertThat(paddock.llm().chat(QUESTION).text()).isNotEmpty();

            assertThat(paddock.pool().pools()).hasSize(1);
            assertThat(paddock.circuitBreakers().circuits()).isNotEmpty();
        }
    }

    @Test
    void open_opensOnceAndSendsNothing() {
        try (Paddock paddock = builder().openWithFirstCall().build()) {
            IntStream.range(0, 8).parallel().forEach(caller -> paddock.open());

            assertThat(paddock.pool().pools()).hasSize(1);
            assertThat(simulator.counters().connectionsAccepted()).isZero();
        }
    }

    @Test
    void openWithFirstCall_wrongSettings_failAtTheStart() {
        PaddockBuilder wrong = builder().openWithFirstCall().set("paddock.pool.hosts", "many").set("paddock.retry.jitter", 2);

        assertThatThrownBy(wrong::build).isInstanceOfSatisfying(ConfigurationException.class, failure -> assertThat(failure.problems()).hasSize(2));
    }

    @Test
    void openWithFirstCall_hostThatTheTransportRefuses_failsAtTheStart() {
        PaddockBuilder odd = builder().openWithFirstCall().set("paddock.transport", "jdk").set("paddock.base-url", "http://under_score:1");

        assertThatThrownBy(odd::build).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void openWithFirstCall_callAfterClose_failsAndLeavesNothingOpen() {
        Paddock paddock = builder().openWithFirstCall().build();
        paddock.close();

        assertThatThrownBy(() -> paddock.llm().chat(QUESTION)).isInstanceOf(ClientClosedException.class);
        assertThat(paddock.pool().pools()).isEmpty();
        assertThat(simulator.counters().connectionsAccepted()).isZero();
    }

    @Test
    void build_withCache_answersEqualCallsOnce() {
        ChatRequest question = QUESTION.withSettings(
                GenerationSettings.builder().options(ModelOptions.NONE.withTemperature(0)).build());
        try (Paddock paddock = builder().set("paddock.cache.enabled", true).set("paddock.single-flight.enabled", true).build()) {
            String text = paddock.llm().chat(question).text();

            assertThat(paddock.llm().chat(question).text()).isEqualTo(text);
            assertThat(paddock.llm().chat(QUESTION).text()).isNotEmpty(); // without a temperature
            assertThat(simulator.counters().requestsTo("/api/chat")).isEqualTo(2);
            assertThat(paddock.answerCache()).isNotNull();
            assertThat(paddock.answerCache().report().hits()).isEqualTo(1);
        }
        try (Paddock paddock = builder().build()) {
            assertThat(paddock.answerCache()).isNull();
        }
    }

    @Test
    void build_keysOnly_retriesAndMeasuresAndOpensCircuits() throws IOException {
        try (Paddock paddock = builder().set("paddock.circuit.consecutive-failures", 2).build()) {
            simulator.faults().enqueue(FaultScript.on("/api/chat").times(2).then(Fault.busy()));
            assertThat(paddock.llm().chat(QUESTION).text()).isNotEmpty();
            assertThat(simulator.counters().requestsTo("/api/chat")).isEqualTo(3);
            assertThat(pageOf(paddock))
                    .contains("paddock_requests_total{operation=\"chat\",outcome=\"ok\"} 1.0")
                    .contains("paddock_retries_total");

            simulator.faults().enqueue(FaultScript.on("/api/chat").times(8).then(Fault.badGatewayPage()));
            assertThatThrownBy(() -> paddock.llm().chat(QUESTION)).isInstanceOf(LlmException.class);
            assertThat(paddock.circuitBreakers().circuits()).extracting(Circuit::state).containsOnly(CircuitState.CLOSED);
            assertThatThrownBy(() -> paddock.llm().chat(QUESTION)).isInstanceOf(LlmException.class);
            assertThat(paddock.circuitBreakers().circuits()).extracting(Circuit::state).contains(CircuitState.OPEN);
        }
    }

    @Test
    void build_ownTransport_isUsedWithoutBeingNamed() {
        NamedTransportFactory own = new NamedTransportFactory("own");
        try (Paddock paddock = builder().transport(own).transport(own).build()) {
            paddock.llm().chat(QUESTION);

            assertThat(paddock.pool().pools().getFirst().transport()).isEqualTo("own");
            assertThat(own.transportsMade()).isEqualTo(1);
        }
    }

    @Test
    void build_transportOfPaddockGivenTwice_countsOnce() {
        try (Paddock paddock = builder()
                .transport(new Apache5TransportFactory())
                .transport(new Apache5TransportFactory())
                .set("paddock.transport", "apache5")
                .build()) {
            assertThat(paddock.llm().chat(QUESTION).text()).isNotEmpty();
        }
    }

    @Test
    void build_ownMetrics_receiveTheMeasurementsOfEveryClient() throws IOException {
        CountingMetrics own = new CountingMetrics();
        try (Paddock paddock = builder().metrics(own).build(); Paddock second = paddock.another(paddock.settings())) {
            paddock.llm().chat(QUESTION);
            second.llm().chat(QUESTION);

            assertThat(paddock.metrics()).isSameAs(own);
            assertThat(second.metrics()).isSameAs(own);
            assertThat(own.counts).containsEntry("paddock.requests[chat, ok]", 2L);
            assertThat(pageOf(paddock)).contains("paddock_pool").doesNotContain("paddock_requests_total");
        }
    }

    @Test
    void build_ownDecorators_areCalledAtTheirStage() {
        List<String> seen = new CopyOnWriteArrayList<>();
        simulator.faults().enqueue(FaultScript.on("/api/chat").times(2).then(Fault.busy()));
        try (Paddock paddock = builder()
                .decorator(noting("attempt", Stage.ATTEMPT, seen))
                .decorator(noting("cache", Stage.CACHE, seen))
                .decorator(noting("measure", Stage.MEASURE, seen))
                .build()) {
            paddock.llm().chat(QUESTION);

            assertThat(seen).containsExactly("measure", "cache", "attempt", "attempt", "attempt");
        }
    }

    @Test
    void build_ownDialect_isUsedInsteadOfTheOneInTheSettings() {
        try (Paddock paddock = builder().dialect(new OwnDialect()).build()) {
            assertThat(paddock.llm().chat(QUESTION).text()).isNotEmpty();

            assertThat(simulator.counters().requestsTo("/v1/chat/completions")).isEqualTo(1);
        }
    }

    @Test
    void build_everythingWrong_reportsAllOfItAtOnce() {
        PaddockBuilder builder = builder()
                .set("paddock.pool.connections-per-host", -1)
                .set("paddock.retry.max-retries", -1)
                .set("paddock.dialect", "klingon")
                .set("paddock.transport", "jetty")
                .set("paddock.pool.hots", 5)
                .transport(new NamedTransportFactory("first"))
                .transport(new NamedTransportFactory("second"))
                .metrics(new CountingMetrics())
                .metrics(MetricsPort.noOp())
                .dialect(new OwnDialect())
                .dialect(new OllamaDialect());

        assertThat(problemsOf(builder)).extracting(ConfigurationProblem::toString).containsExactlyInAnyOrder(
                "paddock.pool.connections-per-host is '-1'; allowed are 1 to 10000 [builder]",
                "paddock.retry.max-retries is '-1'; allowed are 0 to 10 [builder]",
                "paddock.dialect is 'klingon', which is not known; allowed are ollama, openai [builder]",
                "paddock.transport is 'jetty', which is not known; allowed are apache5, first, jdk, jdk-http2, okhttp, okhttp-http2,"
                        + " second [builder]",
                "paddock.pool.hots is not a key of Paddock; did you mean paddock.pool.hosts? [builder]",
                "transports are given more than once: first, second; give one [builder]",
                "metrics ports are given more than once: CountingMetrics, NoOpMetrics; give one [builder]",
                "dialects are given more than once: own, ollama; give one [builder]");
    }

    @Test
    void build_settingsAndKeys_contradict() {
        PaddockBuilder builder = builder().settings(PaddockSettings.defaults()).transport(new NamedTransportFactory("own"));

        assertThat(problemsOf(builder)).extracting(ConfigurationProblem::key)
                .containsExactlyInAnyOrder("paddock.base-url", "paddock.retry.backoff", "configuration");
    }

    @Test
    void build_modelInThisProcessWithoutItsModule_saysWhatToAdd() {
        PaddockBuilder builder = builder()
                .set("paddock.cache.enabled", true)
                .set("paddock.semantic-cache.enabled", true)
                .set("paddock.semantic-cache.in-process", true);

        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("paddock.semantic-cache.in-process is set, but nothing can use it: add the module paddock-local-embeddings");
    }

    @Test
    void build_nativeTransportWithoutItsLibrary_saysWhatToAdd() {
        PaddockBuilder builder = builder()
                .set("paddock.native-transport", true)
                .transport(new NamedTransportFactory("own", "is true, but a jar is missing: add it"))
                .dialect(new OllamaDialect())
                .dialect(new OpenAiDialect());

        assertThat(problemsOf(builder))
                .extracting(ConfigurationProblem::toString)
                .hasSize(2)
                .contains("paddock.native-transport is true, but a jar is missing: add it [class path]");
    }

    @Test
    void build_nativeTransportForATransportWithoutEventLoops_hasNoEffect() {
        try (Paddock paddock = builder().set("paddock.native-transport", true).transport(new NamedTransportFactory("own")).build()) {
            assertThat(paddock.pool().pools().getFirst().transport()).isEqualTo("own");
        }
    }

    @Test
    void build_anotherTransportNamedThanGiven_contradicts() {
        PaddockBuilder builder = builder().set("paddock.transport", "jdk").transport(new NamedTransportFactory("own"));

        assertThat(problemsOf(builder)).singleElement().hasToString(
                "paddock.transport is 'jdk', but the given transport is 'own' [builder]");
    }

    @Test
    void build_unknownTransportInSettings_isReportedWithTheRest() {
        PaddockSettings settings = PaddockSettings.defaults();
        PaddockBuilder builder = Paddock.builder()
                .settings(settings.withConnections(settings.connections().withTransport("jetty")))
                .dialect(new OwnDialect())
                .dialect(new OllamaDialect());

        assertThat(problemsOf(builder)).extracting(ConfigurationProblem::key)
                .containsExactlyInAnyOrder("paddock.transport", "dialects");
    }

    private PaddockBuilder builder() {
        return Paddock.builder()
                .configuration(ConfigurationLoader.ofDefaults())
                .set("paddock.base-url", simulator.baseUrl())
                .set("paddock.retry.backoff", "1ms");
    }

    private static List<ConfigurationProblem> problemsOf(PaddockBuilder builder) {
        return catchThrowableOfType(ConfigurationException.class, builder::build).problems();
    }

    private static ExchangeDecorator noting(String name, Stage stage, List<String> seen) {
        return ExchangeDecorator.of(stage, delegate -> (request, context) -> {
            seen.add(name);
            return delegate.open(request, context);
        });
    }

    private static String pageOf(Paddock paddock) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        paddock.writeMetrics(page);
        return page.toString(UTF_8);
    }

    /** The metrics of an application, as far as Paddock can see. */
    private static final class CountingMetrics implements MetricsPort {

        private final Map<String, Long> counts = new ConcurrentHashMap<>();

        @Override
        public void count(Metric.Series series, long amount) {
            counts.merge(series.metric().name() + series.values(), amount, Long::sum);
        }

        @Override
        public void duration(Metric.Series series, Duration duration) {}

        @Override
        public void gauge(Metric.Series series, DoubleSupplier source) {}

        @Override
        public void adjust(Metric.Series series, long change) {}
    }

    /** OpenAI's API under a name that Paddock does not know. */
    private static final class OwnDialect implements Dialect {

        private final Dialect delegate = new OpenAiDialect();

        @Override
        public String name() {
            return "own";
        }

        @Override
        public AnswerClassifier answers() {
            return delegate.answers();
        }

        @Override
        public GenerationCodec<ChatRequest, ChatChunk, ChatResponse> chat() {
            return delegate.chat();
        }

        @Override
        public GenerationCodec<GenerateRequest, GenerateChunk, GenerateResponse> generate() {
            return delegate.generate();
        }

        @Override
        public EmbedCodec embed() {
            return delegate.embed();
        }

        @Override
        public CatalogCodec catalog() {
            return delegate.catalog();
        }
    }
}
