package dev.paddock.bootstrap.spring;

import dev.paddock.bootstrap.Paddock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Contributes {@code paddock} to the health of the application: out of service while calls reach no model server. Spring Boot 3 and 4
 * have different types for it.
 */
@AutoConfiguration(after = PaddockAutoConfiguration.class)
@ConditionalOnSingleCandidate(Paddock.class)
final class PaddockHealthAutoConfiguration {

    private static final String PADDOCK = "paddock";
    private static final String NAME = "paddockHealthIndicator";

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    @ConditionalOnEnabledHealthIndicator(PADDOCK)
    static final class SpringBoot4 {

        @Bean(NAME)
        @ConditionalOnMissingBean(name = NAME)
        HealthIndicator paddockHealthIndicator(Paddock paddock) {
            return () -> {
                PaddockHealth health = PaddockHealth.of(paddock);
                return (health.isReady() ? Health.up() : Health.outOfService()).withDetails(health.details()).build();
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.springframework.boot.health.contributor.HealthIndicator")
    @ConditionalOnClass(org.springframework.boot.actuate.health.HealthIndicator.class)
    @org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator(PADDOCK)
    static final class SpringBoot3 {

        @Bean(NAME)
        @ConditionalOnMissingBean(name = NAME)
        org.springframework.boot.actuate.health.HealthIndicator paddockHealthIndicator(Paddock paddock) {
            return () -> {
                PaddockHealth health = PaddockHealth.of(paddock);
                return (health.isReady()
                                ? org.springframework.boot.actuate.health.Health.up()
                                : org.springframework.boot.actuate.health.Health.outOfService())
                        .withDetails(health.details())
                        .build();
            };
        }
    }
}
