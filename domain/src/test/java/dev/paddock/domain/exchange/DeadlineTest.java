package dev.paddock.domain.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.testsupport.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

    @ParameterizedTest
    @ValueSource(longs = {0, -5_000_000_000L, Long.MAX_VALUE - 10, Long.MIN_VALUE})
    void remaining_timePasses_shrinksToZeroWhereverTheTickerBegan(long origin) {
        ManualTicker ticker = new ManualTicker(origin);
        Deadline deadline = Deadline.after(Duration.ofSeconds(10), ticker::nanos);
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(10));
        assertThat(deadline.isExpired()).isFalse();

        ticker.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(1));
        assertThat(deadline.isExpired()).isFalse();

        ticker.advance(Duration.ofNanos(1));
        assertThat(deadline.remaining()).isEqualTo(Duration.ZERO);
        assertThat(deadline.isExpired()).isTrue();

        ticker.advance(Duration.ofDays(1));
        assertThat(deadline.remaining()).isEqualTo(Duration.ZERO);
        assertThat(deadline.limit()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void after_longestLimit_works() {
        Duration longest = Duration.ofNanos(Long.MAX_VALUE);
        Deadline deadline = Deadline.after(longest, new ManualTicker(5)::nanos);

        assertThat(deadline.remaining()).isEqualTo(longest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-0.000000001S", "P106752D", "PT2562047788015215H30M7S"})
    void after_limitOutOfRange_isRefused(String limit) {
        assertThatThrownBy(() -> Deadline.after(Duration.parse(limit), () -> 0))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void callContext_within_hasDeadlineAndCancellationOfItsOwn() {
        CallContext context = CallContext.within(Duration.ofSeconds(1), () -> 0);

        assertThat(context.deadline().limit()).isEqualTo(Duration.ofSeconds(1));
        assertThat(context.cancellation()).isNotSameAs(CallContext.create().cancellation());
        assertThat(context.cancellation().isCancelled()).isFalse();
    }

    @Test
    void callContext_create_hasNoDeadline() {
        assertThat(CallContext.create().deadline()).isNull();
        assertThatCode(() -> CallContext.create().cancellation().cancel()).doesNotThrowAnyException();
    }

    @Test
    void callContext_withCancellation_keepsTheDeadline() {
        CallContext context = CallContext.within(Duration.ofSeconds(1), () -> 0);
        Cancellation other = Cancellation.create();

        CallContext changed = context.withCancellation(other);
        assertThat(changed.cancellation()).isSameAs(other);
        assertThat(changed.deadline()).isSameAs(context.deadline());
        assertThatThrownBy(() -> CallContext.create().withCancellation(null)).isInstanceOf(NullPointerException.class);
    }
}
