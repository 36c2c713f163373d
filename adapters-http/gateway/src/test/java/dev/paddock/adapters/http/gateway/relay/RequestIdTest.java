package dev.paddock.adapters.http.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    @Test
    void of_givenId_isKept() {
        assertThat(RequestId.of(Headers.of("x-request-id", "Ab_9-z"))).isEqualTo("Ab_9-z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "\u001b[31m", "ä", "12345678901234567890123456789012345678901234567890123456789012345"})
    void of_idOfOtherCharacters_isReplaced(String given) {
        assertThat(RequestId.of(Headers.of("X-Request-Id", given))).matches("req_[0-9a-f]{24}");
    }

    @Test
    void of_none_isNewEachTime() {
        assertThat(RequestId.of(Headers.EMPTY)).isNotEqualTo(RequestId.of(Headers.EMPTY));
    }
}
