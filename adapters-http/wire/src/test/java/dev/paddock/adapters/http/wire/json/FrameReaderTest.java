package dev.paddock.adapters.http.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.MalformedResponseException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames are read as if each stood for itself, whatever came before. */
class FrameReaderTest {

    private static final String WHAT = "the answer";

    private final FrameReader reader = new FrameReader(WHAT);

    /** What a frame had. */
    private static final class Taken implements JsonReader.Fields {

        private final List<String> fields = new ArrayList<>();

        @Override
        public void accept(String name, JsonReader value) throws java.io.IOException {
            fields.add(name + "=" + value.plain());
        }
    }

    private List<String> read(String json) {
        byte[] bytes = ("{\"before\":" + json + ",{\"after\":1}").getBytes(UTF_8);
        return reader.read(bytes, 10, json.getBytes(UTF_8).length, Taken::new).fields;
    }

    @Test
    void read_oneFrameAfterTheOther_eachHasItsFields() {
        assertThat(read("{\"a\":1}")).containsExactly("a=1");
        assertThat(read("{}")).isEmpty();
        assertThat(read(" {\"b\":{\"c\":[true,null]},\"d\":\"\u00e9\"}")).containsExactly("b={c=[true, null]}", "d=\u00e9");
    }

    @Test
    void read_framesOfAnySize_areWhole() {
        for (int length = 1; length < 40_000; length = length * 3 + 1) {
            String text = "x".repeat(length);
            assertThat(read("{\"text\":\"" + text + "\"}")).containsExactly("text=" + text);
        }
    }

    @Test
    void read_spaceBehindTheObject_isNothing() {
        assertThat(read("{\"a\":1} \r")).containsExactly("a=1");
        assertThat(read("{\"a\":2}\t")).containsExactly("a=2");
        assertThat(read("{\"a\":3}")).containsExactly("a=3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1} x", "{\"a\":1}{\"a\":2}", "{\"a\":1", "{\"a\":\"", "[1]", "7", "", "{\"a\":01}", "nonsense",
        "{\"a\":\"\u0001\"}"})
    void read_brokenFrame_isExplainedAsIfItStoodForItself(String broken) {
        byte[] frame = broken.getBytes(UTF_8);
        Throwable alone = catchThrowable(() -> JsonReader.read(WHAT, frame, new Taken()));
        read("{\"before\":1}");

        Throwable failure = catchThrowable(() -> read(broken));

        assertThat(failure).isInstanceOf(MalformedResponseException.class).hasMessage(alone.getMessage());
        assertThat(read("{\"after\":1}")).containsExactly("after=1");
    }

    @Test
    void read_valueOfTheWrongType_isExplainedAsIfItStoodForItself() {
        byte[] frame = "{\"n\":\"x\"}".getBytes(UTF_8);
        JsonReader.Fields number = (name, value) -> value.intOrNull();
        Throwable alone = catchThrowable(() -> JsonReader.read(WHAT, frame, number));
        read("{\"before\":1}");

        assertThatThrownBy(() -> reader.read(frame, 0, frame.length, () -> number))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessage(alone.getMessage());
    }

    @Test
    void read_error_isTheServersFailure() {
        read("{\"before\":1}");

        assertThatThrownBy(() -> read("{\"error\":\"out of memory\"}"))
                .isInstanceOf(GenerationFailedException.class)
                .hasMessage("out of memory");
    }

    @Test
    void read_moreThanOneParserMayRead_goesOn() {
        String frame = "{\"text\":\"" + "x".repeat(4 << 20) + "\"}";
        for (int count = 0; count < 20; count++) { // 80 MiB
            assertThat(read(frame)).hasSize(1);
        }
    }

    @Test
    void close_thenRead_startsAnew() {
        read("{\"a\":1}");
        reader.close();
        reader.close();

        assertThat(read("{\"a\":2}")).containsExactly("a=2");
    }
}
