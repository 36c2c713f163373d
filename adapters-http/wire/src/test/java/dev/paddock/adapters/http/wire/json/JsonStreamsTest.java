package dev.paddock.adapters.http.wire.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits on what a server may send, each at its edge. */
class JsonStreamsTest {

    @Test
    void parser_nesting_endsAt200() {
        assertAccepted("[".repeat(200) + "]".repeat(200));
        assertRefused("[".repeat(201) + "]".repeat(201));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0."})
    void parser_numbers_haveAtMost100Digits(String start) {
        assertAccepted("[" + start + "7".repeat(99) + "]");
        assertRefused("[" + start + "7".repeat(101) + "]");
    }

    @Test
    void parser_names_haveAtMost4096Characters() {
        assertAccepted("{\"" + "n".repeat(4096) + "\":1}");
        assertRefused("{\"" + "n".repeat(4200) + "\":1}");
    }

    @Test
    void parser_texts_haveAtMost16Mebibytes() {
        assertAccepted("[\"" + "x".repeat(16 << 20) + "\"]");
        assertRefused("[\"" + "x".repeat((16 << 20) + 100_000) + "\"]");
    }

    @Test
    void parser_tokens_areAtMost5Million() {
        assertAccepted("[" + "1,".repeat(4_999_000) + "1]");
        assertRefused("[" + "1,".repeat(5_000_000) + "1]");
    }

    private static void assertAccepted(String json) {
        assertThatCode(() -> readAll(json)).doesNotThrowAnyException();
    }

    private static void assertRefused(String json) {
        assertThatThrownBy(() -> readAll(json)).isInstanceOf(StreamConstraintsException.class);
    }

    private static void readAll(String json) throws IOException {
        try (JsonParser parser = JsonStreams.parser(json.getBytes(US_ASCII))) {
            while (parser.nextToken() != null) {
                if (parser.currentToken().isNumeric()) {
                    parser.getNumberValue();
                } else if (parser.currentToken().isScalarValue()) {
                    parser.getText();
                }
            }
        }
    }

    /** Buffers of a thread would stay for as long as a virtual thread relays a stream: 8 kB each. */
    @Test
    void parsers_allKinds_takeBuffersFromABoundedPool() {
        assertThat(List.of(JsonStreams.FACTORY, JsonStreams.VECTOR_FACTORY, JsonStreams.FIELD_FACTORY))
                .allSatisfy(factory -> assertThat(factory._getRecyclerPool()).isInstanceOf(JsonRecyclerPools.BoundedPool.class));
    }
}
