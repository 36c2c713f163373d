package dev.paddock.bootstrap.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.ports.resilience.CircuitBreakerPort;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.Order;

class PaddockAutoConfigurationTest {

    private static final ChatRequest QUESTION = ChatRequest.of("llama3.2", "Why is the sky blue?");

    private final OllamaSimulator server = OllamaSimulator.start();
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(PaddockAutoConfiguration.class))
            .withPropertyValues("paddock.base-url=" + server.baseUrl());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void beans_oneProperty_answer() {
        application.run(context -> {
            assertThat(context.getBean(LlmPort.class).chat(QUESTION).text()).isNotBlank();
            assertThat(context.getBean(ModelCatalogPort.class).models(CallContext.create())).isNotEmpty();
            assertThat(context.getBean(PoolPort.class).pools()).hasSize(1);
            assertThat(context.getBean(CircuitBreakerPort.class).circuits()).isNotEmpty();
            assertThat(context.getBean(ExchangePort.class)).isSameAs(context.getBean(Paddock.class).exchange());
            assertThat(server.counters().connectionsAccepted()).isEqualTo(1);
        });
    }

    @Test
    void close_context_closesConnections() {
        Paddock[] closed = new Paddock[1];
        application.run(context -> {
            closed[0] = context.getBean(Paddock.class);
            assertThat(closed[0].llm().chat(QUESTION).text()).isNotBlank();
        });

        assertThatThrownBy(() -> closed[0].llm().chat(QUESTION)).hasMessageContaining("closed");
        assertThat(closed[0].pool().pools()).isEmpty();
    }

    @Test
    void beans_twoContexts_areIndependent() {
        try (OllamaSimulator other = OllamaSimulator.start()) {
            application.withPropertyValues("paddock.metrics.jmx=true").run(first -> application
                    .withPropertyValues("paddock.metrics.jmx=true", "paddock.base-url=" + other.baseUrl())
                    .run(second -> {
                        assertThat(first.getBean(LlmPort.class).chat(QUESTION).text()).isNotBlank();
                        assertThat(second.getBean(LlmPort.class).chat(QUESTION).text()).isNotBlank();
                        second.close();
                        assertThat(first.getBean(LlmPort.class).chat(QUESTION).text()).isNotBlank();
                        assertThat(server.counters().requestsTo("/api/chat")).isEqualTo(2);
                        assertThat(other.counters().requestsTo("/api/chat")).isEqualTo(1);
                    }));
        }
    }

    @Test
    void beans_ofTheApplication_win() {
        LlmPort ownLlm = Paddock.start(PaddockSettings.defaults()).llm();
        ModelCatalogPort ownModels = Paddock.start(PaddockSettings.defaults()).models();
        PaddockSettings ownSettings =
                PaddockSettings.defaults().withServer(PaddockSettings.defaults().server().withBaseUrl(BaseUrl.parse("http://own:1")));

        application
                .withBean("ownLlm", LlmPort.class, () -> ownLlm)
                .withBean("ownModels", ModelCatalogPort.class, () -> ownModels)
                .withBean("ownSettings", PaddockSettings.class, () -> ownSettings)
                .run(context -> {
                    assertThat(context.getBean(LlmPort.class)).isSameAs(ownLlm);
                    assertThat(context.getBean(ModelCatalogPort.class)).isSameAs(ownModels);
                    assertThat(context.getBean(Paddock.class).settings()).isSameAs(ownSettings);
                });
    }

    @Test
    void client_ofTheApplication_givesThePorts() {
        Paddock own = Paddock.builder().set("paddock.base-url", "http://own:1").build();

        application.withBean("own", Paddock.class, () -> own).run(context -> {
            assertThat(context).hasSingleBean(Paddock.class);
            assertThat(context.getBean(LlmPort.class)).isSameAs(own.llm());
        });
    }

    @Test
    void parts_ofTheApplication_areUsed() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        Queue<String> counted = new ConcurrentLinkedQueue<>();
        application
                .withBean("outer", ExchangeDecorator.class, () -> new Recorder("outer", seen))
                .withBean("inner", ExchangeDecorator.class, () -> new LaterRecorder(seen))
                .withBean("metrics", MetricsPort.class, () -> new CountingMetrics(counted))
                .withBean("transport", HttpTransportFactory.class, () -> new NamedTransport("own"))
                .withBean("customizer", PaddockBuilderCustomizer.class, () -> builder -> builder.set("paddock.timeouts.call", "7s"))
                .withPropertyValues("paddock.transport=own")
                .run(context -> {
                    assertThat(context.getBean(LlmPort.class).chat(QUESTION).text()).isNotBlank();
                    assertThat(seen).containsExactly("outer", "inner");
                    assertThat(counted).contains("paddock.requests");
                    assertThat(context.getBean(PoolPort.class).pools().getFirst().transport()).isEqualTo("own");
                    assertThat(context.getBean(Paddock.class).settings().calls().timeout()).isEqualTo(Duration.ofSeconds(7));
                });
    }

    @Test
    void transport_ofTheApplicationWithoutName_isAProblem() {
        application.withBean("transport", HttpTransportFactory.class, () -> new NamedTransport("own")).run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("paddock.transport is not set, and there is more than one choice"));
    }

    /** Spring's own file has relaxed names and profiles, which Paddock must not read as its configuration file. */
    @Test
    void files_onTheClassPath_areReadByTheirOwners(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("application.properties"), "paddock.pool.connectionsPerHost=7\npaddock.pool.hosts=3\n");
        Files.writeString(directory.resolve("application.conf"), "paddock.pool { hosts = 4, lease-timeout = 9s }\n");
        ClassLoader classPath = new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader());

        application
                .withClassLoader(classPath)
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .run(context -> assertThat(context.getBean(Paddock.class).settings().connections().pool())
                        .isEqualTo(PoolLimits.DEFAULT
                                .withConnectionsPerHost(7)
                                .withHosts(3)
                                .withLeaseTimeout(Duration.ofSeconds(9))));
    }

    private record NamedTransport(String name) implements HttpTransportFactory {

        @Override
        public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
            return new Apache5TransportFactory().create(endpoint, settings, listener);
        }
    }

    @Order(1)
    private static final class Recorder implements ExchangeDecorator {

        private final String name;
        private final Queue<String> seen;

        Recorder(String name, Queue<String> seen) {
            this.name = name;
            this.seen = seen;
        }

        @Override
        public Stage stage() {
            return Stage.ATTEMPT;
        }

        @Override
        public ExchangePort decorate(ExchangePort delegate) {
            return (request, context) -> {
                seen.add(name);
                return delegate.open(request, context);
            };
        }
    }

    @Order(2)
    private static final class LaterRecorder implements ExchangeDecorator {

        private final Recorder recorder;

        LaterRecorder(Queue<String> seen) {
            this.recorder = new Recorder("inner", seen);
        }

        @Override
        public Stage stage() {
            return recorder.stage();
        }

        @Override
        public ExchangePort decorate(ExchangePort delegate) {
            return recorder.decorate(delegate);
        }
    }

    private record CountingMetrics(Queue<String> names) implements MetricsPort {

        @Override
        public void count(Metric.Series series, long amount) {
            names.add(series.metric().name());
        }

        @Override
        public void duration(Metric.Series series, Duration duration) {}

        @Override
        public void gauge(Metric.Series series, DoubleSupplier source) {}

        @Override
        public void adjust(Metric.Series series, long change) {}
    }
}
