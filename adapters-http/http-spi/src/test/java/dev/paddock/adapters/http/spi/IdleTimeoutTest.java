package dev.paddock.adapters.http.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.ConnectionLifetimes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdleTimeoutTest {

    private static final ConnectionLifetimes LIFETIMES =
            new ConnectionLifetimes(Duration.ofSeconds(60), Duration.ofSeconds(300));

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"timeout=5, 4", "\"max=100, timeout=5\", 4", "TIMEOUT=2, 1", "timeout = 5, 4", "\"timeout=9, timeout=5\", 4"})
    void announced_timeout_isASecondLess(String value, long seconds) {
        assertThat(IdleTimeout.keepAliveTimeout(Headers.of("Keep-Alive", value))).hasSeconds(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "timeout", "timeout=", "timeout=x", "timeout=-1", "timeout=9999999999", "max=5"})
    void announced_nothingOfUse_isNull(String value) {
        assertThat(IdleTimeout.keepAliveTimeout(Headers.of("keep-alive", value))).isNull();
    }

    @Test
    void of_silentServer_isTheIdleLifetime() {
        IdleTimeout limit = IdleTimeout.of(Headers.EMPTY, LIFETIMES, Duration.ofSeconds(10));

        assertThat(limit).isEqualTo(new IdleTimeout(Duration.ofSeconds(60), CloseReason.IDLE));
        assertThat(limit.isOver(Duration.ofMillis(59_999))).isFalse();
        assertThat(limit.isOver(Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void of_oldConnection_isTheRestOfItsLife() {
        assertThat(IdleTimeout.of(Headers.EMPTY, LIFETIMES, Duration.ofSeconds(290)))
                .isEqualTo(new IdleTimeout(Duration.ofSeconds(10), CloseReason.EXPIRED));
    }

    @Test
    void of_serverThatAnnouncesLess_isWhatItAnnounces() {
        assertThat(IdleTimeout.of(Headers.of("Keep-Alive", "timeout=5"), LIFETIMES, Duration.ZERO))
                .isEqualTo(new IdleTimeout(Duration.ofSeconds(4), CloseReason.EXPIRED));
    }
}
