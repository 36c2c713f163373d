package dev.paddock.adapters.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.PhaseTimeouts;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the context of a call changes in the request that the server receives, and in its limits. */
class CallAttributesTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final ExchangeRequest CHAT = ExchangeRequest.post(Operation.CHAT, "/api/chat", new byte[] {'{', '}'})
            .withHeaders(Headers.of("X-Request", "kept").with("X-Both", "of the request").with("traceparent", "old"));

    @Test
    void open_extraHeaders_areAddedAndReplaceThoseOfTheSameName() {
        CallContext context = CallContext.create()
                .with(CallAttributes.EXTRA_HEADERS, Headers.of("x-both", "of the call")
                        .with("X-Many", "1")
                        .with("X-Many", "2")
                        .with("Authorization", "Bearer of the call"));
        ReceivedRequest request = received(CHAT, context);

        assertThat(request.values("x-request")).containsExactly("kept");
        assertThat(request.values("x-both")).containsExactly("of the call");
        assertThat(request.values("x-many")).containsExactly("1", "2");
        assertThat(request.values("authorization")).containsExactly("Bearer of the call");
        assertThat(request.values("user-agent")).containsExactly("paddock");
        assertThat(request.values("traceparent")).containsExactly("old");
    }

    @Test
    void open_traceParent_isSentOnce() {
        CallContext context = CallContext.create().with(CallAttributes.TRACE_PARENT, TRACE);

        assertThat(received(CHAT, context).values("traceparent")).containsExactly(TRACE);
        assertThat(received(CHAT.withoutDefaultHeaders(), context).values("traceparent")).containsExactly(TRACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Content-Length", "transfer-encoding", "Host", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "TE",
        "Trailer", "Upgrade", "Expect"
    })
    void open_extraHeaderOfTheConnection_isRefusedBeforeAnythingIsSent(String name) {
        CallContext context = CallContext.create().with(CallAttributes.EXTRA_HEADERS, Headers.of(name, "1"));
        try (ExchangeFixture fixture = ExchangeFixture.start(ConnectionScript.json("{}"))) {
            assertThatThrownBy(() -> fixture.port().open(CHAT, context))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining(name);

            assertThat(fixture.server().requests()).isEmpty();
            assertThat(fixture.pool().usage().leased()).isZero();
        }
    }

    @Test
    void open_timeoutsOfTheCall_comeBeforeThoseOfTheSettings() {
        Duration brief = Duration.ofMillis(200);
        CallContext context = CallContext.create()
                .with(CallAttributes.PHASE_TIMEOUTS, PhaseTimeouts.UNCHANGED.withResponseHead(brief));
        ConnectionScript silent = connection -> {
            connection.readRequest();
            connection.awaitDisconnect();
        };
        try (ExchangeFixture fixture = ExchangeFixture.start(silent)) {
            LlmTimeoutException failure =
                    catchThrowableOfType(LlmTimeoutException.class, () -> fixture.port().open(CHAT, context));

            assertThat(failure.phase()).isEqualTo(CallPhase.HEAD);
            assertThat(failure.limit()).isEqualTo(brief);
            assertThat(fixture.pool().usage().leased()).isZero();
        }
    }

    @Test
    void next_readIdleTimeoutOfTheCall_endsAStalledStream() {
        Duration brief = Duration.ofMillis(200);
        CallContext context =
                CallContext.create().with(CallAttributes.PHASE_TIMEOUTS, PhaseTimeouts.UNCHANGED.withReadIdle(brief));
        ConnectionScript stalled = connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{\"done\":false}\n"); // before the first frame the limit of the head applies
            connection.awaitDisconnect();
        };
        try (ExchangeFixture fixture = ExchangeFixture.start(stalled)) {
            Exchange exchange = fixture.port().open(CHAT, context);
            assertThat(exchange.next()).isNotNull();
            LlmTimeoutException failure = catchThrowableOfType(LlmTimeoutException.class, exchange::next);

            assertThat(failure.phase()).isEqualTo(CallPhase.BODY);
            assertThat(failure.limit()).isEqualTo(brief);
        }
    }

    private static ReceivedRequest received(ExchangeRequest request, CallContext context) {
        try (ExchangeFixture fixture = ExchangeFixture.start(ConnectionScript.json("{}"))) {
            ExchangeFixture.frames(fixture.port().open(request, context));
            return fixture.server().requests().getFirst();
        }
    }
}
