package dev.paddock.domain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "SINGLE, single, 5, 10, FAIL",
        "DEFAULT, default, 10, 20, FAIL",
        "HIGH_CONCURRENCY, high-concurrency, 15, 50, FAIL",
        "LOAD_BALANCER, load-balancer, 20, 100, WAIT"
    })
    void profile_limits_areTheDocumentedOnes(
            PoolProfile profile, String label, int hosts, int connections, WhenFull whenFull) {
        assertThat(profile.label()).isEqualTo(label);
        assertThat(profile.limits())
                .isEqualTo(new PoolLimits(hosts, connections, whenFull, PoolLimits.DEFAULT.leaseTimeout()));
    }

    @Test
    void limits_default_areThoseOfTheDefaultProfile() {
        assertThat(PoolProfile.DEFAULT.limits()).isEqualTo(PoolLimits.DEFAULT);
        assertThat(PoolLimits.DEFAULT.leaseTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(ConnectionLifetimes.DEFAULT)
                .isEqualTo(new ConnectionLifetimes(Duration.ofMinutes(1), Duration.ofMinutes(5)));
    }

    @Test
    void with_eachPart_changesThatPartOnly() {
        PoolLimits changed = PoolLimits.DEFAULT
                .withHosts(1)
                .withConnectionsPerHost(2)
                .withWhenFull(WhenFull.OVERFLOW)
                .withLeaseTimeout(Duration.ofMillis(3));

        assertThat(changed).isEqualTo(new PoolLimits(1, 2, WhenFull.OVERFLOW, Duration.ofMillis(3)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void new_numberBelowOne_isRefusedByName(int number) {
        assertThatThrownBy(() -> PoolLimits.DEFAULT.withHosts(number))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("hosts")
                .hasMessageContaining(String.valueOf(number));
        assertThatThrownBy(() -> PoolLimits.DEFAULT.withConnectionsPerHost(number))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("connections per host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void new_durationThatIsNotPositive_isRefused(String text) {
        Duration duration = Duration.parse(text);
        assertThatThrownBy(() -> PoolLimits.DEFAULT.withLeaseTimeout(duration))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("lease timeout");
        assertThatThrownBy(() -> new ConnectionLifetimes(duration, Duration.ofSeconds(1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("idle");
        assertThatThrownBy(() -> new ConnectionLifetimes(Duration.ofSeconds(1), duration))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("total");
    }

    @Test
    void reuseRatio_knownOrNot_isAShareOrNull() {
        assertThat(new EndpointPool.Totals(1L, 4, 3L, 0, Map.of()).reuseRatio()).isCloseTo(0.75, offset(1e-12));
        assertThat(new EndpointPool.Totals(1L, 4, 0L, 0, Map.of()).reuseRatio()).isZero();
        assertThat(new EndpointPool.Totals(0L, 0, 0L, 0, Map.of()).reuseRatio()).isNull();
        assertThat(new EndpointPool.Totals(null, 4, null, 0, Map.of()).reuseRatio()).isNull();
    }

    @Test
    void totals_mapChangedLater_isNotSeen() {
        Map<CloseReason, Long> closed = new EnumMap<>(CloseReason.class);
        closed.put(CloseReason.IDLE, 1L);
        EndpointPool.Totals totals = new EndpointPool.Totals(1L, 1, 0L, 0, closed);
        closed.clear();

        assertThat(totals.closed()).containsExactly(Map.entry(CloseReason.IDLE, 1L));
        assertThat(CloseReason.SHUTDOWN.label()).isEqualTo("shutdown");
    }
}
