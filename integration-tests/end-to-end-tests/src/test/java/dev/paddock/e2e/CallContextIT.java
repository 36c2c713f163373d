package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.PhaseTimeouts;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.testsupport.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a caller puts into the context of a typed call takes effect at the server, through every policy in between. */
@Timeout(60)
class CallContextIT extends OverEveryTransport {

    private static final ChatRequest CHAT = ChatRequest.of("m", "hello");
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String ANSWER =
            "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"done\":true}";

    @Test
    void chat_headersAndTraceOfTheCall_reachTheServer() {
        CallContext context = CallContext.create()
                .with(CallAttributes.EXTRA_HEADERS, Headers.of("X-Team", "search"))
                .with(CallAttributes.TRACE_PARENT, TRACE);
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.json(ANSWER));
                Paddock paddock = start(server.baseUrl())) {
            assertThat(paddock.llm().chat(CHAT, context).message().content()).isEqualTo("hi");

            ReceivedRequest request = server.requests().getFirst();
            assertThat(request.values("x-team")).containsExactly("search");
            assertThat(request.values("traceparent")).containsExactly(TRACE);
        }
    }

    @Test
    void chat_headerOfTheConnection_isRefusedAndNothingIsSent() {
        CallContext context =
                CallContext.create().with(CallAttributes.EXTRA_HEADERS, Headers.of("Transfer-Encoding", "chunked"));
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.json(ANSWER));
                Paddock paddock = start(server.baseUrl())) {
            assertThatThrownBy(() -> paddock.llm().chat(CHAT, context))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("Transfer-Encoding");

            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void chat_timeoutOfTheCall_endsItBeforeThatOfTheSettings() {
        Duration limit = Duration.ofMillis(300);
        CallContext context = CallContext.create()
                .with(CallAttributes.PHASE_TIMEOUTS, PhaseTimeouts.UNCHANGED.withResponseHead(limit));
        ConnectionScript silent = connection -> {
            connection.readRequest();
            connection.awaitDisconnect();
        };
        try (ScriptedServer server = ScriptedServer.start(silent);
                Paddock paddock = start(server.baseUrl())) {
            LlmTimeoutException failure =
                    catchThrowableOfType(LlmTimeoutException.class, () -> paddock.llm().chat(CHAT, context));

            assertThat(failure.phase()).isEqualTo(CallPhase.HEAD);
            assertThat(failure.limit()).isEqualTo(limit);
            Eventually.await("the request has arrived", () -> !server.requests().isEmpty());
            assertThat(server.requests()).hasSize(1);
        }
    }
}
