package dev.paddock.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.resilience.ResilienceSettings;
import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.config.ApiKey;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.DialectName;
import dev.paddock.bootstrap.config.MetricsSettings;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PaddockTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ChatRequest QUESTION = ChatRequest.of("llama3.2", "Why is the sky blue?");

    private OllamaSimulator simulator = OllamaSimulator.start();

    @AfterEach
    void stopSimulator() {
        simulator.close();
    }

    @Test
    void start_defaults_opensNoConnection() {
        try (Paddock paddock = Paddock.start(PaddockSettings.defaults())) {
            assertThat(paddock.settings()).isEqualTo(PaddockSettings.defaults());
            assertThat(paddock.pool().pools()).singleElement().satisfies(pool -> {
                assertThat(pool.endpoint()).isEqualTo("http://127.0.0.1:11434");
                assertThat(pool.transport()).isEqualTo("apache5");
                assertThat(pool.totals().created()).isZero();
            });
            assertThat(paddock.circuitBreakers().circuits()).hasSize(1);
        }
    }

    @Test
    void llm_severalCalls_areAnsweredOverOneConnectionAndMeasured() throws IOException {
        try (Paddock paddock = Paddock.start(settings())) {
            assertThat(paddock.llm().chat(QUESTION).text()).isNotEmpty();
            try (ResponseStream<ChatChunk> stream = paddock.llm().chatStream(QUESTION)) {
                assertThat(stream).toIterable().isNotEmpty();
            }
            assertThat(paddock.models().models(CallContext.create())).isNotEmpty();

            assertThat(simulator.counters().requests()).isEqualTo(3);
            assertThat(simulator.counters().connectionsAccepted()).isEqualTo(1);
            assertThat(paddock.pool().pools()).singleElement().satisfies(pool -> {
                assertThat(pool.totals().created()).isEqualTo(1);
                assertThat(pool.totals().leases()).isEqualTo(3);
            });
            assertThat(metricsOf(paddock))
                    .contains("paddock_requests_total{operation=\"chat\",outcome=\"ok\"} 2.0")
                    .contains("paddock_tokens_total")
                    .contains("paddock_pool");
        }
    }

    @Test
    void llm_keySet_isSentAndNeverShown() {
        PaddockSettings settings = settings();
        try (Paddock paddock =
                Paddock.start(settings.withServer(settings.server().withApiKey(new ApiKey("sk-12345"))))) {
            paddock.llm().chat(QUESTION);

            assertThat(simulator.requests().getFirst().header("Authorization")).contains("Bearer sk-12345");
            assertThat(paddock.settings().toString()).doesNotContain("12345");
            assertThat(paddock.settings().exchange().toString()).doesNotContain("12345");
        }
    }

    @Test
    void llm_serverBusy_isAskedAgainAsOftenAsTheSettingsSay() {
        simulator.faults().enqueue(FaultScript.on("/api/chat").times(4).then(Fault.busy()));
        try (Paddock never = Paddock.start(retrying(0))) {
            assertThatThrownBy(() -> never.llm().chat(QUESTION)).isInstanceOf(ServerBusyException.class);
            assertThat(simulator.counters().requestsTo("/api/chat")).isEqualTo(1);
        }
        try (Paddock thrice = Paddock.start(retrying(3))) {
            assertThat(thrice.llm().chat(QUESTION).text()).isNotEmpty();
            assertThat(simulator.counters().requestsTo("/api/chat")).isEqualTo(5);
        }
    }

    @Test
    @Timeout(60) // the read timeout would end the call too, but later
    void llm_callLongerThanTheLimit_endsAndTheServerNotices() throws InterruptedException {
        useSimulator(builder -> builder.tokenInterval(Duration.ofMinutes(1)));
        PaddockSettings settings = settings();
        try (Paddock paddock = Paddock.start(
                settings.withCalls(settings.calls().withTimeout(Duration.ofSeconds(3))))) {
            assertThatThrownBy(() -> paddock.llm().chat(QUESTION)).isInstanceOf(LlmTimeoutException.class);

            assertThat(simulator.awaitDisconnect(PATIENCE)).isTrue();
        }
    }

    @Test
    void close_idleConnections_areClosedAndLaterCallsFail() throws InterruptedException {
        Paddock paddock = Paddock.start(settings());
        paddock.llm().chat(QUESTION);
        assertThat(simulator.counters().connectionsOpen()).isEqualTo(1);

        paddock.close();
        paddock.close();

        assertThat(simulator.awaitCounters(counters -> counters.connectionsOpen() == 0, PATIENCE)).isTrue();
        assertThat(paddock.pool().pools()).isEmpty();
        assertThatThrownBy(() -> paddock.llm().chat(QUESTION)).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void close_streamUnderWay_endsItAndTheServerNotices() throws InterruptedException {
        useSimulator(builder -> builder.tokenInterval(Duration.ofMillis(20)).tokensPerAnswer(100_000));
        Paddock paddock = Paddock.start(settings());
        try (ResponseStream<ChatChunk> stream = paddock.llm().chatStream(QUESTION)) {
            assertThat(stream.hasNext()).isTrue();

            paddock.close();

            assertThat(simulator.awaitDisconnect(PATIENCE)).isTrue();
            assertThatThrownBy(() -> stream.forEachRemaining(chunk -> {})).isInstanceOf(ClientClosedException.class);
        }
    }

    @Test
    void start_twice_makesTwoThatKnowNothingOfEachOther() throws IOException {
        try (Paddock second = Paddock.start(settings())) {
            try (Paddock first = Paddock.start(settings())) {
                first.llm().chat(QUESTION);
                second.llm().chat(QUESTION);
                assertThat(simulator.counters().connectionsAccepted()).isEqualTo(2);
            }

            assertThat(second.llm().chat(QUESTION).text()).isNotEmpty();
            assertThat(simulator.counters().connectionsAccepted()).isEqualTo(2);
            assertThat(metricsOf(second)).contains("operation=\"chat\",outcome=\"ok\"} 2.0");
        }
    }

    @Test
    void start_loader_usesItsSettingsAndKnowsTheTransports() {
        ConfigurationLoader loader = ConfigurationLoader.ofDefaults()
                .withEnvironment(Map.of("OLLAMA_HOST", simulator.baseUrl(), "OLLAMA_POOL_MAXSIZE", "2"));
        try (Paddock paddock = Paddock.start(loader)) {
            assertThat(paddock.llm().chat(QUESTION).text()).isNotEmpty();
            assertThat(paddock.settings().connections().pool().connectionsPerHost()).isEqualTo(2);
        }

        assertThatThrownBy(() -> Paddock.start(loader.withOverrides("test", Map.of("paddock.transport", "jetty"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("paddock.transport is 'jetty', which is not known; allowed are "
                        + "apache5, jdk, jdk-http2, okhttp, okhttp-http2 [test]");
    }

    @Test
    void start_ownTransport_isUsedWhenItIsNamed() {
        NamedTransportFactory own = new NamedTransportFactory("own");
        PaddockSettings settings = settings();
        PaddockSettings naming =
                settings.withConnections(settings.connections().withTransport("own"));
        try (Paddock paddock = Paddock.start(naming, own)) {
            paddock.llm().chat(QUESTION);

            assertThat(paddock.pool().pools().getFirst().transport()).isEqualTo("own");
            assertThat(own.transportsMade()).isEqualTo(1);
        }
    }

    @Test
    void start_severalTransportsAndNoneNamed_listsThem() {
        assertThatThrownBy(() -> Paddock.start(settings(), new NamedTransportFactory("own")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("paddock.transport is not set")
                .hasMessageContaining("apache5, jdk, jdk-http2, okhttp, okhttp-http2, own");
    }

    @Test
    void start_nameThatNothingHas_listsWhatThereIs() {
        PaddockSettings settings = settings();
        assertThatThrownBy(() ->
                        Paddock.start(settings.withConnections(settings.connections().withTransport("jetty"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("paddock.transport is 'jetty'")
                .hasMessageContaining("there are apache5");
    }

    @Test
    void start_twoTransportsOfOneName_isRefused() {
        PaddockSettings settings = settings();
        assertThatThrownBy(() -> Paddock.start(
                        settings.withConnections(settings.connections().withTransport("apache5")),
                        new NamedTransportFactory("apache5")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("several");
    }

    @Test
    void llm_otherDialect_asksInIt() {
        PaddockSettings settings = settings();
        try (Paddock paddock =
                Paddock.start(settings.withServer(settings.server().withDialect(DialectName.OPENAI)))) {
            assertThat(paddock.llm().chat(QUESTION).text()).isNotEmpty();

            assertThat(simulator.counters().requestsTo("/v1/chat/completions")).isEqualTo(1);
        }
    }

    @Test
    void start_jmx_showsBeansUntilClosed() throws MalformedObjectNameException {
        try (Paddock paddock = Paddock.start(settings())) {
            paddock.llm().chat(QUESTION);
            assertThat(beans()).isEmpty();
        }
        try (Paddock paddock = Paddock.start(settings().withMetrics(new MetricsSettings(true)))) {
            paddock.llm().chat(QUESTION);
            assertThat(beans()).isNotEmpty();
        }
        assertThat(beans()).isEmpty();
    }

    private void useSimulator(UnaryOperator<SimulatorSettings.Builder> change) {
        simulator.close();
        simulator = OllamaSimulator.start(change.apply(SimulatorSettings.builder()).build());
    }

    private PaddockSettings settings() {
        PaddockSettings defaults = PaddockSettings.defaults();
        return defaults.withServer(defaults.server().withBaseUrl(BaseUrl.parse(simulator.baseUrl())));
    }

    private PaddockSettings retrying(int times) {
        PaddockSettings settings = settings();
        ResilienceSettings resilience = settings.calls().resilience();
        return settings.withCalls(settings.calls()
                .withResilience(resilience.withRetry(
                        resilience.retry().withMaxRetries(times).withBackoff(Duration.ofMillis(1)))));
    }

    private static String metricsOf(Paddock paddock) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        paddock.writeMetrics(page);
        return page.toString(StandardCharsets.UTF_8);
    }

    private static Set<ObjectName> beans() throws MalformedObjectNameException {
        return ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("dev.paddock:*"), null);
    }
}
