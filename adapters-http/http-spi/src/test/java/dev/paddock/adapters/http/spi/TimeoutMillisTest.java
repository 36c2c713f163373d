package dev.paddock.adapters.http.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeoutMillisTest {

    @Test
    void of_anyDuration_isRoundedUpAndNeverForEver() {
        assertThat(TimeoutMillis.of(Duration.ZERO)).isEqualTo(1);
        assertThat(TimeoutMillis.of(Duration.ofNanos(1))).isEqualTo(1);
        assertThat(TimeoutMillis.of(Duration.ofMillis(5))).isEqualTo(5);
        assertThat(TimeoutMillis.of(Duration.ofMillis(5).plusNanos(1))).isEqualTo(6);
        assertThat(TimeoutMillis.of(Duration.ofMillis(-5))).isEqualTo(1);
        assertThat(TimeoutMillis.of(Duration.ofMillis(Integer.MAX_VALUE))).isEqualTo(Integer.MAX_VALUE);
        assertThat(TimeoutMillis.of(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Integer.MAX_VALUE);
    }
}
