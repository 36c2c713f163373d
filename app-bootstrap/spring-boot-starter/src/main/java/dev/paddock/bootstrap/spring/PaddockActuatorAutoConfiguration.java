package dev.paddock.bootstrap.spring;

import dev.paddock.bootstrap.config.ConfigurationLoader;
import java.util.Locale;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Shows the properties of Paddock to the actuator, and hides the secrets among them, whatever the application has it show. */
@AutoConfiguration(after = PaddockAutoConfiguration.class)
@ConditionalOnClass(SanitizingFunction.class)
final class PaddockActuatorAutoConfiguration {

    /** It is made when the actuator asks, so that the start does not wait for it. */
    @Bean(defaultCandidate = false)
    @Lazy
    @ConditionalOnBean(ConfigurationLoader.class)
    @ConditionalOnMissingBean
    PaddockProperties paddockProperties(ConfigurationLoader configuration) {
        return new PaddockProperties(configuration);
    }

    @Bean
    @Lazy
    SanitizingFunction paddockSecrets() {
        return PaddockActuatorAutoConfiguration::withoutSecret;
    }

    private static SanitizableData withoutSecret(SanitizableData data) {
        String name = data.getKey().toLowerCase(Locale.ROOT);
        boolean isOfPaddock = name.startsWith("paddock") || name.startsWith("ollama");
        if (!isOfPaddock || !(data.getValue() instanceof CharSequence value)) {
            return data;
        }
        String shown = ConfigurationLoader.shown(data.getKey(), value.toString());
        return shown.contentEquals(value) ? data : data.withValue(shown);
    }
}
