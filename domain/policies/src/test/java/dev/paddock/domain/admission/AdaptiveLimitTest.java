package dev.paddock.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {

    private final AdaptiveLimit limit = new AdaptiveLimit(2, 10);

    @Test
    void succeeded_limitIsUsed_growsByOneForEachLimitOfCalls() {
        limit.succeeded(0, 2);
        assertThat(limit.current()).isEqualTo(2);
        limit.succeeded(0, 2);
        limit.succeeded(0, 2);

        assertThat(limit.current()).isEqualTo(3);
    }

    @Test
    void succeeded_limitIsNotUsed_doesNotGrow() {
        for (int call = 0; call < 1000; call++) {
            limit.succeeded(0, 1);
        }

        assertThat(limit.current()).isEqualTo(2);
    }

    @Test
    void succeeded_always_growsToTheMostOnly() {
        grow(1000);

        assertThat(limit.current()).isEqualTo(10);
    }

    @Test
    void overloaded_manyCallsOfOneOverload_shrinkItOnceByATenth() {
        grow(1000);
        long epoch = limit.epoch();

        for (int call = 0; call < 10; call++) {
            limit.overloaded(epoch);
        }

        assertThat(limit.current()).isEqualTo(9);
    }

    @Test
    void succeeded_callFromBeforeTheDecrease_doesNotGrowIt() {
        grow(1000);
        long epoch = limit.epoch();
        limit.overloaded(epoch);

        for (int call = 0; call < 1000; call++) {
            limit.succeeded(epoch, 9);
        }

        assertThat(limit.current()).isEqualTo(9);
    }

    @Test
    void overloaded_againAndAgain_neverFallsBelowTheLeast() {
        grow(1000);
        for (int overload = 0; overload < 1000; overload++) {
            limit.overloaded(limit.epoch());
        }

        assertThat(limit.current()).isEqualTo(2);
    }

    @Test
    void resize_otherServers_keepsTheRatioToTheLeast() {
        grow(1000);
        limit.overloaded(limit.epoch()); // 9 of 2 to 10

        limit.resize(4, 20);
        assertThat(limit.current()).isEqualTo(18);
        limit.resize(1, 5);
        assertThat(limit.current()).isEqualTo(4);
        limit.resize(1, 1);
        assertThat(limit.current()).isEqualTo(1);
    }

    private void grow(int calls) {
        for (int call = 0; call < calls; call++) {
            limit.succeeded(limit.epoch(), limit.current());
        }
    }
}
