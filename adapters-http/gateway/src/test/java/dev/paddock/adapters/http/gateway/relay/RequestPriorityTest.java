package dev.paddock.adapters.http.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.CallAttributes.Priority;
import dev.paddock.domain.exchange.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPriorityTest {

    @ParameterizedTest
    @CsvSource({
        "batch, INTERACTIVE, BATCH", "' BATCH ', INTERACTIVE, BATCH", "interactive, INTERACTIVE, INTERACTIVE",
        "interactive, BATCH, BATCH", "batch, BATCH, BATCH",
    })
    void of_valueOfTheClient_lowersThePriorityOfItsCallerOnly(String value, Priority ofCaller, Priority expected) {
        Headers headers = Headers.of("x-paddock-priority", value);

        assertThat(RequestPriority.isValid(headers)).isTrue();
        assertThat(RequestPriority.of(headers, ofCaller)).isEqualTo(expected);
    }

    @Test
    void of_noValue_isThePriorityOfTheCaller() {
        assertThat(RequestPriority.isValid(Headers.EMPTY)).isTrue();
        assertThat(RequestPriority.of(Headers.EMPTY, Priority.BATCH)).isEqualTo(Priority.BATCH);
        assertThat(RequestPriority.of(Headers.EMPTY, Priority.INTERACTIVE)).isEqualTo(Priority.INTERACTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "high", "batch;q=1", "batch,batch", "1"})
    void isValid_anyOtherValue_isFalse(String value) {
        assertThat(RequestPriority.isValid(Headers.of(RequestPriority.FIELD, value))).isFalse();
    }

    @Test
    void isValid_twoValues_isFalse() {
        assertThat(RequestPriority.isValid(Headers.of(RequestPriority.FIELD, "batch").with(RequestPriority.FIELD, "batch"))).isFalse();
    }
}
