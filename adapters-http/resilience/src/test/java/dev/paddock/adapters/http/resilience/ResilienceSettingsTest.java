package dev.paddock.adapters.http.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.resilience.ResilienceSettings.Budget;
import dev.paddock.adapters.http.resilience.ResilienceSettings.CircuitBreakerSettings;
import dev.paddock.adapters.http.resilience.ResilienceSettings.FailureRate;
import dev.paddock.adapters.http.resilience.ResilienceSettings.OpenTime;
import dev.paddock.adapters.http.resilience.ResilienceSettings.Retry;
import dev.paddock.domain.error.InvalidRequestException;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResilienceSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NEGATIVE = Duration.ofMillis(-1);

    @Test
    void default_isWhatIsPromised() {
        assertThat(ResilienceSettings.DEFAULT.retry().maxRetries()).isEqualTo(3);
        assertThat(ResilienceSettings.DEFAULT.retry().backoff()).isEqualTo(Duration.ofMillis(300));
        assertThat(ResilienceSettings.DEFAULT.circuit().consecutiveFailures()).isEqualTo(5);
        assertThat(ResilienceSettings.DEFAULT.circuit().openTime().first()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ResilienceSettings.DEFAULT.callsAtOnce()).isZero();
    }

    // The defaults of the whole are made of those of its parts: whichever is asked first, all must come to be.
    @ParameterizedTest
    @ValueSource(strings = {"", "$Retry", "$Budget", "$CircuitBreakerSettings", "$FailureRate", "$OpenTime"})
    void default_isTheFirstThingThatIsAsked_isThere(String part) throws Exception {
        String[] classPath = System.getProperty("java.class.path").split(File.pathSeparator);
        URL[] urls = new URL[classPath.length];
        for (int entry = 0; entry < urls.length; entry++) {
            urls[entry] = Path.of(classPath[entry]).toUri().toURL();
        }
        try (URLClassLoader fresh = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Class<?> settings = Class.forName(ResilienceSettings.class.getName() + part, true, fresh);

            assertThat(settings.getField("DEFAULT").get(null)).isNotNull();
        }
    }

    @Test
    void create_valueOutOfRange_isRefused() {
        List<ThrowingCallable> wrong = List.of(
                () -> new Retry(-1, SECOND, 0, SECOND, GenerationReplay.NEVER),
                () -> new Retry(11, SECOND, 0, SECOND, GenerationReplay.NEVER),
                () -> new Retry(1, NEGATIVE, 0, SECOND, GenerationReplay.NEVER),
                () -> new Retry(1, SECOND, 1.1, SECOND, GenerationReplay.NEVER),
                () -> new Retry(1, SECOND, Double.NaN, SECOND, GenerationReplay.NEVER),
                () -> new Retry(1, SECOND, 0, NEGATIVE, GenerationReplay.NEVER),
                () -> new Budget(-0.1, 1, 1, 0, 0),
                () -> new Budget(0, -1, 1, 0, 0),
                () -> new Budget(0, 1, 0, 0, 0),
                () -> new Budget(0, 1, 1, 2, 0),
                () -> new Budget(0, 1, 1, 0, -1),
                () -> CircuitBreakerSettings.DEFAULT.withConsecutiveFailures(0),
                () -> new FailureRate(0, 10, SECOND),
                () -> new FailureRate(101, 10, SECOND),
                () -> new FailureRate(50, 0, SECOND),
                () -> new FailureRate(50, 10, Duration.ofMillis(999)),
                () -> new OpenTime(Duration.ZERO, SECOND),
                () -> new OpenTime(SECOND, Duration.ZERO),
                () -> new OpenTime(SECOND, Duration.ofHours(25)),
                () -> ResilienceSettings.DEFAULT.withCallsAtOnce(-1));

        for (ThrowingCallable creation : wrong) {
            assertThatThrownBy(creation).isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void with_oneValue_keepsTheOthers() {
        ResilienceSettings settings = ResilienceSettings.DEFAULT
                .withRetry(Retry.DEFAULT.withBackoff(SECOND))
                .withCircuit(CircuitBreakerSettings.DEFAULT.withConsecutiveFailures(7));

        assertThat(settings.retry().backoff()).isEqualTo(SECOND);
        assertThat(settings.retry().maxRetries()).isEqualTo(3);
        assertThat(settings.circuit().consecutiveFailures()).isEqualTo(7);
        assertThat(settings.circuit().openTime().first()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.budget()).isEqualTo(Budget.DEFAULT);
    }
}
