package dev.paddock.bootstrap.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.metrics.micrometer.MicrometerMetrics;
import dev.paddock.adapters.metrics.micrometer.PoolMeters;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.ports.metrics.MetricsPort;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationTextPublisher;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PaddockMetricsAutoConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(PaddockAutoConfiguration.class, PaddockMetricsAutoConfiguration.class));

    @Test
    void metrics_registryOfTheApplication_receivesThem() {
        application.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            assertThat(context.getBean(Paddock.class).metrics()).isInstanceOf(MicrometerMetrics.class);
            assertThat(context).hasSingleBean(PoolMeters.class);
        });
    }

    @Test
    void metrics_portOfTheApplication_wins() {
        MetricsPort own = MetricsPort.noOp();
        application
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean("own", MetricsPort.class, () -> own)
                .run(context -> assertThat(context.getBean(Paddock.class).metrics()).isSameAs(own));
    }

    @Test
    void metrics_noRegistryOrNoMicrometer_areOfPaddock() {
        application.run(context -> assertThat(context).hasSingleBean(Paddock.class).doesNotHaveBean(MetricsPort.class));
        application
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasSingleBean(Paddock.class).doesNotHaveBean("paddockObservations"));
    }

    @Test
    void observations_registryOfTheApplication_observesCalls() {
        List<String> observed = new CopyOnWriteArrayList<>();
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationTextPublisher(observed::add));
        try (OllamaSimulator server = OllamaSimulator.start()) {
            application
                    .withBean(ObservationRegistry.class, () -> registry)
                    .withPropertyValues("paddock.base-url=" + server.baseUrl())
                    .run(context -> context.getBean(Paddock.class).llm().chat(ChatRequest.of("llama3.2", "A secret question")));
        }

        assertThat(observed).isNotEmpty().anyMatch(line -> line.contains("STOP - ") && line.contains("gen_ai.client.operation"));
        assertThat(observed).noneMatch(line -> line.contains("secret question"));
    }
}
