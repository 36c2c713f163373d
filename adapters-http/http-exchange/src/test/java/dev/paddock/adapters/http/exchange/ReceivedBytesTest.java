package dev.paddock.adapters.http.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames of an answer together are its body, byte for byte. */
class ReceivedBytesTest {

    private static final String FINISHED = "data: {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]}";

    private static final ExchangeRequest CHAT =
            ExchangeRequest.post(Operation.CHAT, "/api/chat", "{}".getBytes(UTF_8)).withoutDefaultHeaders();

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"done\":false}\r\n\n  {\"done\":true}\n",
        "\n{\"done\":false}\n{\"done\":true}",
        "{\"done\":true}\n\n{\"more\":1}\n",
    })
    void next_lines_areTheBody(String body) {
        try (ExchangeFixture fixture = answering("application/x-ndjson", body)) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());

            assertThat(exchange.head().framing()).isEqualTo(Framing.LINES);
            assertThat(String.join("", ExchangeFixture.frames(exchange))).isEqualTo(body);
            assertThat(exchange.next()).isNull();
            assertThat(fixture.pool().usage().idle()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        ": ping\n\n" + FINISHED + "\n\n: ping\n\ndata: [DONE]\n\n",
        "\uFEFF" + FINISHED + "\r\n\r\n: ping\r\n\r\ndata: [DONE]\r\n\r\n",
        "event: response.completed\ndata: {}\n\ndata: [DONE]\n\n: bye\n",
    })
    void next_events_areTheBody(String body) {
        try (ExchangeFixture fixture = answering("text/event-stream", body)) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());

            assertThat(exchange.head().framing()).isEqualTo(Framing.EVENTS);
            assertThat(String.join("", ExchangeFixture.frames(exchange))).isEqualTo(body);
        }
    }

    @Test
    void next_serverReportsAFailure_handsOverWhatItSaid() {
        String failure = "{\"error\":\"no memory\",\"code\":7}\n";
        try (ExchangeFixture fixture = answering("application/x-ndjson", "{\"done\":false}\n" + failure)) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());
            exchange.next();

            GenerationFailedException failed = catchThrowableOfType(GenerationFailedException.class, exchange::next);

            assertThat(failed).hasMessageContaining("no memory");
            assertThat(failed.report()).isNotNull();
            assertThat(failed.report().text() + "\n").isEqualTo(failure);
            assertThat(failed.report().frame()).isNotNull();
            assertThat(new String(failed.report().frame().bytes(), UTF_8)).isEqualTo(failure);
        }
    }

    @Test
    void next_lastFrameMissing_isTruncated() {
        try (ExchangeFixture fixture = answering("text/event-stream", "data: {}\n\n: ping\n\n")) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());
            assertThat(List.of(exchange.next(), exchange.next())).hasSize(2);

            assertThat(catchThrowableOfType(TruncatedResponseException.class, exchange::next)).isNotNull();
        }
    }

    @Test
    void next_streamOfAnUnknownOperation_endsWithItsBody() {
        ExchangeRequest unknown =
                ExchangeRequest.post(Operation.OTHER, "/api/new", "{}".getBytes(UTF_8)).withoutDefaultHeaders();
        try (ExchangeFixture fixture = answering("application/x-ndjson", "{\"a\":1}\n{\"error\":1}\n")) {
            Exchange exchange = fixture.port().open(unknown, CallContext.create());

            assertThat(exchange.head().framing()).isEqualTo(Framing.DOCUMENT);
            assertThat(String.join("", ExchangeFixture.frames(exchange))).isEqualTo("{\"a\":1}\n{\"error\":1}\n");
        }
    }

    @Test
    void next_documentInPiecesOfAnySize_givesEachAwayForGood() {
        String body = IntStream.range(0, 300_000).mapToObj("%07d,"::formatted).collect(Collectors.joining());
        Random sizes = new Random(7);
        ConnectionScript pieces = connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/json");
            for (int at = 0; at < body.length(); ) {
                int end = Math.min(body.length(), at + (1 << sizes.nextInt(18)));
                connection.sendChunk(body.substring(at, end));
                at = end;
            }
            connection.send("0\r\n\r\n");
        };
        try (ExchangeFixture fixture = ExchangeFixture.start(pieces)) {
            Exchange exchange = fixture.port().open(CHAT, CallContext.create());
            List<Frame> frames = new ArrayList<>();
            for (Frame frame = exchange.next(); frame != null; frame = exchange.next()) {
                frames.add(frame);
            }

            assertThat(frames.stream().map(frame -> new String(frame.bytes(), UTF_8)).collect(Collectors.joining()))
                    .isEqualTo(body);
        }
    }

    @Test
    void open_withoutDefaultHeaders_addsOnlyTheCodingAndTheKey() {
        try (ExchangeFixture fixture = answering("application/x-ndjson", "{\"done\":true}\n")) {
            ExchangeFixture.frames(fixture.port().open(CHAT.withHeaders(Headers.of("X-A", "b")), CallContext.create()));

            ReceivedRequest request = fixture.server().requests().getFirst();
            assertThat(request.values("accept")).isEmpty();
            assertThat(request.values("accept-encoding")).containsExactly("identity");
            assertThat(request.values("user-agent")).isEmpty();
            assertThat(request.values("content-type")).isEmpty();
            assertThat(request.values("x-a")).containsExactly("b");
            assertThat(request.values("authorization")).containsExactly("Bearer secret");
        }
    }

    private static ExchangeFixture answering(String contentType, String body) {
        return ExchangeFixture.start(connection -> {
            connection.readRequest();
            connection.sendResponse("200 OK", contentType, body);
        });
    }
}
