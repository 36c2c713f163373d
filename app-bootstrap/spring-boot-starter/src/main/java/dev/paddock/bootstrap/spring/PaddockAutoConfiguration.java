package dev.paddock.bootstrap.spring;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.PaddockBuilder;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.ports.resilience.CircuitBreakerPort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ResourceLoader;

/**
 * Makes the client and its ports beans. Every bean gives way to one of the application. Beans of the application are used as parts of the
 * client: complete settings or a loader of them, a metrics port, a dialect, an embedding source, transports, which {@code
 * paddock.transport} names, and decorators.
 */
@AutoConfiguration
final class PaddockAutoConfiguration {

    private static final String PREFIX = "paddock.";
    private static final String NOT_CLOSED = ""; // the client closes its parts itself

    @Bean
    @ConditionalOnMissingBean
    ConfigurationLoader paddockConfiguration(ConfigurableEnvironment environment, ResourceLoader resources) {
        ConfigurationLoader loader = ConfigurationLoader.ofProcess()
                .withSystemProperties(otherSystemProperties())
                .withClassPath(new ApplicationClassPath(resources.getClassLoader()));
        return EnvironmentSettings.addTo(loader, environment);
    }

    /** Returns the system properties without those of Paddock, which the environment has, too. */
    private static Map<String, String> otherSystemProperties() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> !name.startsWith(PREFIX))
                .collect(Collectors.toMap(name -> name, name -> System.getProperty(name, "")));
    }

    @Bean
    @ConditionalOnMissingBean
    CallsInProgress paddockCallsInProgress() {
        return new CallsInProgress();
    }

    @Bean
    @ConditionalOnMissingBean
    GracefulShutdown paddockGracefulShutdown(CallsInProgress calls) {
        return new GracefulShutdown(calls);
    }

    @Bean
    @ConditionalOnMissingBean
    Paddock paddock(
            ConfigurationLoader configuration,
            ObjectProvider<PaddockSettings> settings,
            ObjectProvider<MetricsPort> metrics,
            ObjectProvider<Dialect> dialect,
            ObjectProvider<EmbeddingSourcePort> embeddings,
            ObjectProvider<HttpTransportFactory> transports,
            ObjectProvider<ExchangeDecorator> decorators,
            ObjectProvider<PaddockBuilderCustomizer> customizers) {
        PaddockBuilder builder = Paddock.builder();
        PaddockSettings complete = settings.getIfAvailable();
        if (complete == null) {
            builder.configuration(configuration);
        } else {
            builder.settings(complete);
        }
        metrics.ifAvailable(builder::metrics);
        dialect.ifAvailable(builder::dialect);
        embeddings.ifAvailable(builder::embeddings);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.openWithFirstCall().build(transports.orderedStream().toList(), decorators.orderedStream().toList());
    }

    @Bean
    OpeningWhenReady paddockOpening(Paddock paddock) {
        return new OpeningWhenReady(paddock);
    }

    @Bean(destroyMethod = NOT_CLOSED)
    @ConditionalOnMissingBean
    LlmPort llmPort(Paddock paddock) {
        return paddock.llm();
    }

    @Bean(destroyMethod = NOT_CLOSED)
    @ConditionalOnMissingBean
    ModelCatalogPort modelCatalogPort(Paddock paddock) {
        return paddock.models();
    }

    @Bean(destroyMethod = NOT_CLOSED)
    @ConditionalOnMissingBean
    ExchangePort exchangePort(Paddock paddock) {
        return paddock.exchange();
    }

    @Bean(destroyMethod = NOT_CLOSED)
    @ConditionalOnMissingBean
    PoolPort poolPort(Paddock paddock) {
        return paddock.pool();
    }

    @Bean(destroyMethod = NOT_CLOSED)
    @ConditionalOnMissingBean
    CircuitBreakerPort circuitBreakerPort(Paddock paddock) {
        return paddock.circuitBreakers();
    }
}
