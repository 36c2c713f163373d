package dev.paddock.bootstrap.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.DialectName;
import dev.paddock.bootstrap.config.ServerSettings;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.ports.routing.BackendsPort;
import dev.paddock.testsupport.Eventually;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PaddockHealthTest {

    private static final ChatRequest QUESTION = ChatRequest.of("llama3.2", "Why?");

    private final OllamaSimulator server = OllamaSimulator.start();
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(PaddockAutoConfiguration.class, PaddockHealthAutoConfiguration.class))
            .withPropertyValues("paddock.retry.max-retries=0", "paddock.circuit.consecutive-failures=1");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void health_oneServer_followsItsCircuit() {
        application.withPropertyValues("paddock.base-url=" + server.baseUrl(), "paddock.circuit.open-for=1h").run(context -> {
            HealthIndicator indicator = context.getBean(HealthIndicator.class);
            assertThat(health(indicator).getStatus()).isEqualTo(Status.UP);
            assertThat(health(indicator).getDetails()).hasToString("{circuits={" + server.baseUrl() + "=closed}}");

            server.close();
            failingCall(context.getBean(Paddock.class));

            assertThat(health(indicator).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(health(indicator).getDetails()).hasToString("{circuits={" + server.baseUrl() + "=open}}");
        });
    }

    @Test
    void health_secondClient_isNoReasonToBeReady() {
        application.withPropertyValues("paddock.base-url=" + server.baseUrl(), "paddock.circuit.open-for=1h").run(context -> {
            Paddock paddock = context.getBean(Paddock.class);
            try (OllamaSimulator second = OllamaSimulator.start();
                    Paddock another = paddock.another(paddock.settings().withServer(
                            new ServerSettings(BaseUrl.parse(second.baseUrl()), null, DialectName.OLLAMA)))) {
                assertThat(another.llm().chat(QUESTION).text()).isNotBlank();
                server.close();
                failingCall(paddock);

                assertThat(health(context.getBean(HealthIndicator.class)).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            }
        });
    }

    @Test
    void health_openTimeIsOver_isUp() {
        application.withPropertyValues("paddock.base-url=" + server.baseUrl(), "paddock.circuit.open-for=1ms").run(context -> {
            server.close();
            failingCall(context.getBean(Paddock.class));

            // The next call decides; an application that is not ready would have none.
            Eventually.await(() -> health(context.getBean(HealthIndicator.class)).getStatus().equals(Status.UP));
        });
    }

    @Test
    void health_severalServers_needsOneThatTakesCalls() {
        application.withPropertyValues("paddock.backends=one=" + server.baseUrl() + ",two=http://127.0.0.1:1").run(context -> {
            HealthIndicator indicator = context.getBean(HealthIndicator.class);
            Eventually.await(() -> health(indicator).getDetails().get("backends").toString().contains("two=unreachable"));
            assertThat(health(indicator).getStatus()).isEqualTo(Status.UP);

            BackendsPort backends = Objects.requireNonNull(context.getBean(Paddock.class).backends());
            assertThat(backends.setDrained(new BackendId("one"), true)).isTrue();

            assertThat(health(indicator).getDetails().get("backends").toString()).contains("one=drained");
            assertThat(health(indicator).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        });
    }

    @Test
    void indicator_switchedOff_isNoBean() {
        application.withPropertyValues("management.health.paddock.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
        application.withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void indicator_ofTheApplication_wins() {
        HealthIndicator own = () -> Health.unknown().build();
        application.withBean("paddockHealthIndicator", HealthIndicator.class, () -> own)
                .run(context -> assertThat(context.getBean(HealthIndicator.class)).isSameAs(own));
    }

    private static Health health(HealthIndicator indicator) {
        return Objects.requireNonNull(indicator.health());
    }

    private static void failingCall(Paddock paddock) {
        try {
            paddock.llm().chat(QUESTION);
            throw new AssertionError("the call must fail");
        } catch (LlmException expected) {
            assertThat(expected).isNotNull();
        }
    }
}
