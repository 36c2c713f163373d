package dev.paddock.adapters.http.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in a content coding although the request allows none. */
@Timeout(60)
class ContentCodingTest {

    private static final ExchangeRequest CHAT = ExchangeRequest.post(Operation.CHAT, "/api/chat", "{}".getBytes(UTF_8)).withModel("m");
    private static final String LINES = "{\"done\":false}\n{\"done\":true}\n";

    @Test
    void request_always_allowsNoCoding() {
        try (ExchangeFixture fixture = answering("200 OK", "identity", LINES.getBytes(UTF_8))) {
            ExchangeFixture.frames(fixture.port().open(CHAT, CallContext.create()));
            ExchangeFixture.frames(fixture.port().open(CHAT.withHeaders(Headers.of("X-A", "b")), CallContext.create()));

            assertThat(fixture.server().requests()).hasSize(2)
                    .allSatisfy(request -> assertThat(request.values("accept-encoding")).containsExactly("identity"));
        }
    }

    @ParameterizedTest
    @CsvSource({"gzip,gzip", "X-GZip,gzip", "'identity, gzip',gzip", "deflate,zlib", "Deflate,raw"})
    void next_compressedLines_areTheFrames(String coding, String format) throws IOException {
        try (ExchangeFixture fixture = answering("200 OK", coding, compress(format, LINES.getBytes(UTF_8)))) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());

            assertThat(exchange.head().framing()).isEqualTo(Framing.LINES);
            assertThat(exchange.head().headers().contains("Content-Encoding")).isFalse();
            assertThat(exchange.head().headers().contains("Content-Length")).isFalse();
            assertThat(ExchangeFixture.frames(exchange)).containsExactly("{\"done\":false}\n", "{\"done\":true}\n");
            assertThat(fixture.pool().usage().leased()).isZero();
            assertThat(fixture.pool().usage().idle()).as("connections that can be used again").isEqualTo(1);
        }
    }

    @Test
    void next_compressedStream_givesEachFrameWhenItArrives() {
        CountDownLatch read = new CountDownLatch(1);
        ExchangeFixture streaming = ExchangeFixture.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Encoding: gzip\r\n"
                    + "Connection: close\r\n\r\n");
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            GZIPOutputStream gzip = new GZIPOutputStream(compressed, true);
            gzip.write("{\"done\":false}\n".getBytes(UTF_8));
            gzip.flush();
            connection.send(compressed.toByteArray());
            try {
                read.await();
            } catch (InterruptedException stopped) {
                return;
            }
            compressed.reset();
            gzip.write("{\"done\":true}\n".getBytes(UTF_8));
            gzip.close();
            connection.send(compressed.toByteArray());
        });
        try (streaming) {
            Exchange exchange = streaming.port().open(CHAT, CallContext.create());

            assertThat(new String(exchange.next().bytes(), UTF_8)).isEqualTo("{\"done\":false}\n");
            read.countDown();
            assertThat(new String(exchange.next().bytes(), UTF_8)).isEqualTo("{\"done\":true}\n");
            assertThat(exchange.next()).isNull();
        }
    }

    @Test
    void next_severalMembersOfGzip_areOneContent() throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(compress("gzip", "{\"done\":false}\n".getBytes(UTF_8)));
        members.write(compress("gzip", "{\"done\":true}\n".getBytes(UTF_8)));
        try (ExchangeFixture fixture = answering("200 OK", "gzip", members.toByteArray())) {
            assertThat(ExchangeFixture.frames(fixture.port().open(CHAT, CallContext.create()))).hasSize(2);
        }
    }

    @Test
    void next_emptyBodyInACoding_isEmpty() {
        try (ExchangeFixture fixture = answering("400 Bad Request", "gzip", new byte[0])) {
            assertThat(ExchangeFixture.frames(fixture.port().open(CHAT, CallContext.create()))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, br", "gzip, gzip", "compress", "utf-8", "BR"})
    void open_anyOtherCoding_failsAndNamesIt(String coding) {
        try (ExchangeFixture fixture = answering("200 OK", coding, LINES.getBytes(UTF_8))) {
            MalformedResponseException failure = catchThrowableOfType(
                    MalformedResponseException.class, () -> fixture.port().open(CHAT, CallContext.create()));

            assertThat(failure).hasMessageContaining("content coding " + coding.toLowerCase(Locale.ROOT));
            assertThat(failure.facts().status()).isEqualTo(200);
            assertThat(failure.facts().backend()).isNotNull();
            assertThat(fixture.pool().usage().leased()).isZero();
        }
    }

    @Test
    void open_errorInAnotherCoding_keepsItsStatusAndStatesTheCoding() {
        try (ExchangeFixture fixture = answering("429 Too Many Requests", "br", LINES.getBytes(UTF_8))) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());

            assertThat(exchange.verdict()).isEqualTo(AnswerVerdict.RATE_LIMITED);
            assertThat(exchange.head().headers().first("Content-Encoding")).isNull();
            assertThat(exchange.head().headers().all("Content-Type")).containsExactly("application/json");
            assertThat(String.join("", ExchangeFixture.frames(exchange))).contains("content coding br");
            assertThat(fixture.pool().usage().leased()).isZero();
        }
    }

    @Test
    void next_errorInGzip_isJudgedByItsText() throws IOException {
        byte[] body = compress("gzip", "{\"error\":\"model 'm' not found\"}".getBytes(UTF_8));
        try (ExchangeFixture fixture = answering("404 Not Found", "gzip", body)) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());
            ExchangeFixture.frames(exchange);

            assertThat(exchange.verdict()).isEqualTo(AnswerVerdict.MODEL_MISSING);
        }
    }

    @Test
    void next_bodyThatIsNotWhatItClaims_isMalformed() {
        for (String coding : List.of("gzip", "deflate")) {
            try (ExchangeFixture fixture = answering("200 OK", coding, "{\"error\":\"no coding at all\"}".getBytes(UTF_8))) {
                Exchange exchange = fixture.port().open(CHAT, CallContext.create());

                assertThatThrownBy(() -> ExchangeFixture.frames(exchange))
                        .isInstanceOf(MalformedResponseException.class)
                        .hasMessageContaining("not the " + coding);
                assertThat(fixture.pool().usage().leased()).isZero();
            }
        }
    }

    @Test
    void next_compressedDataCutAnywhere_isNeverASuccess() throws IOException {
        String document = "{\"message\":{\"content\":\"" + "Hello ".repeat(9) + "\"},\"done\":true}";
        byte[] whole = compress("gzip", document.getBytes(UTF_8));
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try (ExchangeFixture fixture = answering("200 OK", "gzip", cut, "application/json")) {
                Exchange exchange = fixture.port().open(CHAT, CallContext.create());

                assertThatThrownBy(() -> ExchangeFixture.frames(exchange))
                        .as("cut at %d", length)
                        .isInstanceOf(TruncatedResponseException.class)
                        .hasMessageContaining("gzip");
            }
        }
    }

    @Test
    void next_smallBodyWithHugeContent_isStopped() throws IOException {
        byte[] bomb = compress("gzip", new byte[200 << 20]);
        assertThat(bomb.length).isLessThan(1 << 20);
        try (ExchangeFixture fixture = answering("200 OK", "gzip", bomb, "application/json")) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());

            assertThatThrownBy(() -> {
                        while (exchange.next() != null) {
                            // each part is dropped
                        }
                    })
                    .isInstanceOf(MalformedResponseException.class)
                    .hasMessageContaining("longer than 67108864 bytes when its gzip is decoded");
            assertThat(fixture.pool().usage().leased()).isZero();
        }
    }

    private static ExchangeFixture answering(String status, String coding, byte[] body) {
        return answering(status, coding, body, "application/x-ndjson");
    }

    private static ExchangeFixture answering(String status, String coding, byte[] body, String contentType) {
        return ExchangeFixture.start(connection -> {
            while (connection.awaitRequest()) {
                connection.readRequest();
                connection.send(("HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nContent-Encoding: " + coding
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(US_ASCII));
                connection.send(body);
            }
        });
    }

    private static byte[] compress(String format, byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream output = format.equals("gzip")
                ? new GZIPOutputStream(compressed)
                : new DeflaterOutputStream(compressed, new Deflater(Deflater.DEFAULT_COMPRESSION, format.equals("raw")))) {
            output.write(content);
        }
        return compressed.toByteArray();
    }
}
