package dev.paddock.adapters.http.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.domain.exchange.Headers;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFramingTest {

    private static @Nullable String violation(Headers headers) {
        try {
            return ResponseHead.of(200, "HTTP/1.1", headers::fields).headers().equals(headers) ? null : "changed";
        } catch (ProtocolException violation) {
            return violation.getMessage();
        }
    }

    @Test
    void objection_oneAnswerOrNone_isNone() {
        assertThat(violation(Headers.EMPTY)).isNull();
        assertThat(violation(Headers.of("content-length", "0"))).isNull();
        assertThat(violation(Headers.of("Content-Length", "999999999999999999"))).isNull();
        assertThat(violation(Headers.of("Transfer-Encoding", "Chunked"))).isNull();
    }

    @Test
    void objection_severalAnswers_isTheConflict() {
        Headers length = Headers.of("Content-Length", "5");
        Headers chunked = Headers.of("Transfer-Encoding", "chunked");
        assertThat(violation(length.with("Content-Length", "5"))).isEqualTo("the head has two Content-Length fields");
        assertThat(violation(length.with("Transfer-Encoding", "chunked")))
                .isEqualTo("the head has both Content-Length and Transfer-Encoding");
        assertThat(violation(chunked.with("transfer-encoding", "chunked")))
                .isEqualTo("the head has two Transfer-Encoding fields");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "0x5", "5, 5", "1 ", "5a", "1234567890123456789", "\u0661"})
    void length_thatIsNone_isObjectedTo(String value) {
        Headers headers = Headers.of("Content-Length", value);
        assertThat(violation(headers)).isEqualTo("the Content-Length is not a number");
        assertThat(headers.contentLength()).isEqualTo(Headers.UNKNOWN_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gzip", "gzip, chunked", "identity", "xchunked", "chunked, chunked"})
    void coding_thatIsNotChunked_isObjectedTo(String value) {
        assertThat(violation(Headers.of("Transfer-Encoding", value))).isEqualTo("the Transfer-Encoding is not chunked alone");
    }
}
