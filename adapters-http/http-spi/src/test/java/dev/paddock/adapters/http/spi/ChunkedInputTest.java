package dev.paddock.adapters.http.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.adapters.http.spi.support.ChunkedInput;
import dev.paddock.adapters.http.spi.support.ReceivedBytes;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedInputTest {

    private static ReceivedBytes received(String bytes) {
        return new ReceivedBytes(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static ChunkedInput chunked(ReceivedBytes received) {
        return new ChunkedInput(received, received::buffered);
    }

    private static String content(ReceivedBytes received) throws IOException {
        return new String(chunked(received).readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", "3\r\nabc\r\n0\r\nTrailer: x\r\n\r\n", "03 ; ext=\"1\"\r\nabc\r\n00\r\n\r\n",
        "3\t\r\nabc\r\n0;x\r\n\r\n", "3\nabc\n0\n\n", "00000000000000000000000000000003\r\nabc\r\n0\r\n\r\n"})
    void read_validChunks_isTheContentAndNotAByteMore(String chunks) throws IOException {
        ReceivedBytes connection = received(chunks + "HTTP/1.1");
        assertThat(content(connection)).isEqualTo("abc");
        assertThat(connection.readAllBytes()).asString().isEqualTo("HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "+3\r\nabc\r\n", "-3\r\nabc\r\n", " 3\r\nabc\r\n", "0x3\r\nabc\r\n", "3 3\r\nabc\r\n", "\r\n3\r\nabc\r\n", ";x\r\n", "g\r\n",
        "3\r\nabcd\r\n0\r\n\r\n", "3\r\nabc\r\r\n0\r\n\r\n", "3\r\nabc0\r\n\r\n", "8000000000000000\r\nabc", "fffffffffffffffff\r\nabc"})
    void read_chunksThatBreakHttp_fails(String chunks) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> content(received(chunks)));
    }

    @Test
    void read_endWithoutABound_fails() {
        String trailers = "A: b\r\n".repeat(200);
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> content(received("0\r\n" + trailers + "\r\n")));
        String line = "x".repeat(10_000);
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> content(received("0\r\n" + line + "\r\n\r\n")));
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> content(received("1;" + line + "\r\na\r\n")));
    }

    @Test
    void read_connectionEndsEarly_isNeverTheEndOfTheContent() {
        String whole = "2\r\nab\r\n1;e\r\nc\r\n0\r\nT: x\r\n\r\n";
        for (int length = 0; length < whole.length(); length++) {
            ReceivedBytes cut = received(whole.substring(0, length));
            assertThatExceptionOfType(EOFException.class).as("%d bytes", length).isThrownBy(() -> content(cut));
        }
    }

    @Test
    void read_afterTheEnd_readsNothing() throws IOException {
        ReceivedBytes connection = received("1\r\na\r\n0\r\n\r\nb");
        ChunkedInput content = chunked(connection);
        assertThat(content.read()).isEqualTo('a');
        assertThat(content.read()).isEqualTo(-1);
        assertThat(content.read(new byte[9], 0, 9)).isEqualTo(-1);
        assertThat(connection.read()).isEqualTo('b');
    }

    @Test
    void read_chunksThatArrivedTogether_areReadTogether() throws IOException {
        byte[] target = new byte[9];
        assertThat(chunked(received("2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n")).read(target, 1, 8)).isEqualTo(5);
        assertThat(target).asString(StandardCharsets.ISO_8859_1).isEqualTo("\0abcde\0\0\0");
    }

    @Test
    void read_partOfTheNextChunkHasArrived_doesNotWaitForTheRest() throws IOException {
        for (String begin : new String[] {"2", "2\r", "2\r\n", "2\r\nc"}) {
            ReceivedBytes connection = new ReceivedBytes(new OnePieceInput("2\r\nab\r\n" + begin));
            int expected = begin.endsWith("c") ? 3 : 2;
            assertThat(chunked(connection).read(new byte[9], 0, 9)).as(begin).isEqualTo(expected);
        }
    }

    @Test
    void read_violationBehindContent_isReportedBehindIt() throws IOException {
        ChunkedInput content = chunked(received("2\r\nab\r\nx\r\n"));
        assertThat(content.read(new byte[9], 0, 9)).isEqualTo(2);
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> content.read(new byte[9], 0, 9));
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> content.read(new byte[9], 0, 9));
    }

    /** Gives one piece, and then fails instead of waiting. */
    private static final class OnePieceInput extends ByteArrayInputStream {

        private boolean given;

        private OnePieceInput(String piece) {
            super(piece.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            assertThat(given).as("a read that would wait").isFalse();
            given = true;
            return super.read(target, offset, length);
        }
    }
}
