package dev.paddock.domain.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallContextTest {

    private static final CallContext.Key<String> KEY = CallContext.Key.named("a");
    private static final CallContext.Key<String> NAMESAKE = CallContext.Key.named("a");

    @Test
    void get_keyOfTheSameName_isAnotherAttribute() {
        CallContext context = CallContext.create().with(KEY, "value");

        assertThat(context.get(KEY)).isEqualTo("value");
        assertThat(context.get(NAMESAKE)).isNull();
    }

    @Test
    void with_setAgain_replacesTheValueInTheNewContextOnly() {
        CallContext context = CallContext.create().with(KEY, "old");
        CallContext changed = context.with(KEY, "new");

        assertThat(changed.get(KEY)).isEqualTo("new");
        assertThat(context.get(KEY)).isEqualTo("old");
        assertThatNullPointerException().isThrownBy(() -> context.with(KEY, null)).withMessage("value");
    }

    @Test
    void with_olderAttributeSetAgain_keepsTheOthersAndHasItOnce() {
        CallContext.Key<String> third = CallContext.Key.named("third");
        CallContext context = CallContext.create().with(KEY, "old").with(NAMESAKE, "other").with(third, "last").with(KEY, "new");

        assertThat(context.get(KEY)).isEqualTo("new");
        assertThat(context.get(NAMESAKE)).isEqualTo("other");
        assertThat(context.get(third)).isEqualTo("last");
        assertThat(context).hasToString("CallContext[a, third, a]");
    }

    @Test
    void with_eachPart_keepsTheOthers() {
        Cancellation cancellation = Cancellation.create();
        Deadline deadline = Deadline.after(Duration.ofSeconds(1), System::nanoTime);
        CallContext context = CallContext.create()
                .with(KEY, "value")
                .withDeadline(deadline)
                .withCancellation(cancellation)
                .with(NAMESAKE, "other");

        assertThat(context.deadline()).isSameAs(deadline);
        assertThat(context.cancellation()).isSameAs(cancellation);
        assertThat(context.get(KEY)).isEqualTo("value");
        assertThat(context.get(NAMESAKE)).isEqualTo("other");
        assertThat(context.withDeadline(null).deadline()).isNull();
    }

    @Test
    void detached_always_keepsTheAttributesAndNothingThatEndsTheCall() {
        CallContext context = CallContext.within(Duration.ofSeconds(1), System::nanoTime).with(KEY, "value");
        CallContext detached = context.detached();
        context.cancellation().cancel();

        assertThat(detached.get(KEY)).isEqualTo("value");
        assertThat(detached.deadline()).isNull();
        assertThat(detached.cancellation().isCancelled()).isFalse();
    }

    @Test
    void toString_withSecrets_showsNamesOnly() {
        assertThat(CallContext.create().with(CallAttributes.EXTRA_HEADERS, Headers.of("X-Key", "secret")))
                .hasToString("CallContext[extra headers]");
    }

    @Test
    void phaseTimeouts_notPositive_areRefused() {
        assertThatThrownBy(() -> PhaseTimeouts.UNCHANGED.withReadIdle(Duration.ZERO))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("read idle");
        assertThat(PhaseTimeouts.UNCHANGED.withWrite(Duration.ofMillis(1)).withResponseHead(Duration.ofMillis(2)))
                .isEqualTo(new PhaseTimeouts(Duration.ofMillis(1), Duration.ofMillis(2), null));
    }
}
