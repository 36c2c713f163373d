package dev.paddock.bootstrap.spring;

import dev.paddock.adapters.metrics.micrometer.MicrometerMetrics;
import dev.paddock.adapters.metrics.micrometer.ObservationExchangePort;
import dev.paddock.adapters.metrics.micrometer.PoolMeters;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Measures into the application's Micrometer registry, shows the connection pool there, and observes calls where the application has an
 * observation registry. It follows the configurations of both registries, whose names differ between Spring Boot 3 and 4.
 */
@AutoConfiguration(
        before = PaddockAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
final class PaddockMetricsAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSingleCandidate(MeterRegistry.class)
    static final class Meters {

        @Bean
        @ConditionalOnMissingBean(MetricsPort.class)
        MicrometerMetrics paddockMetrics(MeterRegistry registry) {
            return new MicrometerMetrics(registry);
        }

        @Bean
        @ConditionalOnMissingBean
        PoolMeters paddockPoolMeters(PoolPort pool) {
            return new PoolMeters(pool);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(ObservationRegistry.class)
    static final class Observations {

        private static final String NAME = "paddockObservations";

        @Bean(NAME)
        @ConditionalOnMissingBean(name = NAME)
        ExchangeDecorator paddockObservations(ObservationRegistry registry) {
            return ObservationExchangePort.decorator(registry);
        }
    }
}
