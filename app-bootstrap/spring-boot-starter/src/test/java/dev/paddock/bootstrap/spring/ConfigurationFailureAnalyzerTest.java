package dev.paddock.bootstrap.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.bootstrap.config.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ConfigurationFailureAnalyzerTest {

    @Test
    void run_wrongProperty_isExplained(CapturedOutput output) {
        SpringApplication application = new SpringApplication(PaddockAutoConfiguration.class);
        application.setRegisterShutdownHook(false);

        assertThatThrownBy(() -> application.run("--paddock.pool.hosts=many", "--spring.main.banner-mode=off"))
                .hasRootCauseInstanceOf(ConfigurationException.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("paddock.pool.hosts is 'many', which is not a whole number; allowed are 1 to 10000")
                .contains("\"paddock.pool.hosts\" from property source \"commandLineArgs\"");
    }
}
