package dev.paddock.spring3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.ports.llm.LlmPort;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** One jar serves both: beans, properties, health, measurements and shutdown in an application of Spring Boot 3. */
class StarterTest {

    @Test
    void run_springBoot3_hasBeansHealthAndMeters() {
        assertThat(SpringBootVersion.getVersion()).startsWith("3.");
        try (OllamaSimulator server = OllamaSimulator.start();
                ConfigurableApplicationContext application =
                        start("--paddock.base-url=" + server.baseUrl(), "--paddock.pool.connectionsPerHost=3")) {
            assertThat(application.getBean(LlmPort.class).chat(ChatRequest.of("llama3.2", "Why?")).text()).isNotBlank();

            assertThat(application.getBean(HealthEndpoint.class).healthForPath("paddock").getStatus()).isEqualTo(Status.UP);
            MeterRegistry meters = application.getBean(MeterRegistry.class);
            assertThat(meters.get("paddock.requests").tag("outcome", "ok").counter().count()).isEqualTo(1);
            assertThat(meters.get("paddock.pool.endpoints").gauge().value()).isEqualTo(1);
            assertThat(meters.get("gen_ai.client.operation").timer().count()).isEqualTo(1);
        }
    }

    @Test
    void configurationProperties_areShownWithoutSecrets() {
        try (ConfigurableApplicationContext application = start(
                "--paddock.api-key=hunter2", "--paddock.pool.connectionsPerHost=3", "--management.endpoints.jmx.exposure.include=configprops",
                "--spring.jmx.enabled=true", "--management.endpoint.configprops.show-values=always")) {
            String shown = application.getBean(ConfigurationPropertiesReportEndpoint.class)
                    .configurationPropertiesWithPrefix("paddock")
                    .getContexts()
                    .values()
                    .stream()
                    .flatMap(context -> context.getBeans().values().stream())
                    .map(bean -> bean.getPrefix() + bean.getProperties() + bean.getInputs())
                    .collect(Collectors.joining());

            assertThat(shown).contains("paddock{", "connections-per-host=3", "api-key=(hidden)").doesNotContain("hunter2");
        }
    }

    @Test
    void run_wrongProperty_isNamed() {
        assertThatThrownBy(() -> start("--paddock.pool.hosts=many"))
                .hasRootCauseInstanceOf(ConfigurationException.class)
                .rootCause()
                .hasMessageContaining("paddock.pool.hosts is 'many'");
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        SpringApplication application = new SpringApplication(Empty.class);
        application.setRegisterShutdownHook(false);
        return application.run(arguments);
    }

    @EnableAutoConfiguration
    static class Empty {}
}
