package dev.paddock.e2e.fault;

import static dev.paddock.domain.error.ErrorKind.BACKEND_UNAVAILABLE;
import static dev.paddock.domain.error.ErrorKind.CLIENT_CLOSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients and servers that go away. */
class ShutdownFaultIT extends OverTransports {

    private static final ChatRequest HELLO = ChatRequest.of("m", "hi");

    @ParameterizedTest(name = "X01 {0}: the client is closed while the server is silent -> client_closed, nothing held")
    @EnumSource(Call.class)
    void close_callWaitsForItsAnswer_failsTyped(Call call) {
        ConnectionScript silent = connection -> {
            connection.readRequest();
            connection.awaitDisconnect();
        };
        try (ScriptedServer server = ScriptedServer.start(silent);
                Paddock paddock = client(server, Map.of())) {
            Future<String> waiting = Calls.start(() -> call.make(paddock, "hi"));
            Eventually.await("the server has the request", () -> server.requests().size() == 1);

            leave(paddock);

            assertThat(Calls.failure(waiting)).isEqualTo(CLIENT_CLOSED);
            Eventually.await("the server has no connection", () -> server.open() == 0);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest(name = "X01 {0}: called after the client was closed -> client_closed, nothing sent")
    @EnumSource(Call.class)
    void call_clientClosed_isRefused(Call call) {
        try (ScriptedServer server = ScriptedServer.start(answering(call));
                Paddock paddock = client(server, Map.of())) {
            leave(paddock);

            LlmException failure = catchThrowableOfType(LlmException.class, () -> call.make(paddock, "hi"));

            assertThat(failure).isInstanceOf(ClientClosedException.class);
            assertThat(server.accepted()).isZero();
        }
    }

    @Test
    @DisplayName("X02 chat streamed: the server dies after the first line -> a failure that keeps 'Hel', nothing held")
    void chatStream_serverDies_keepsWhatCame() {
        ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            Answers.firstLineThen(Answers.silence()).play(connection, Call.CHAT_STREAM);
        });
        try (server;
                Paddock paddock = client(server, Map.of());
                ResponseStream<ChatChunk> stream = paddock.llm().chatStream(HELLO)) {
            assertThat(stream.next().text()).isEqualTo("Hel");

            die(server);

            LlmException failure = catchThrowableOfType(LlmException.class, stream::next);
            assertThat(failure.kind()).isIn(ErrorKind.TRUNCATED_RESPONSE, ErrorKind.CONNECTION_LOST);
            assertThat(failure.facts().textReceived()).isEqualTo("Hel");
            assertThat(usage(paddock).leased()).isZero();
        }
    }

    @Test
    @DisplayName("X04 chat streamed: the client is closed twice, once within its own stream -> client_closed")
    void close_twiceAndFromACallback_doesNothingElse() {
        // An answer that has arrived whole may be read to its end.
        ConnectionScript endless = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead(Call.CHAT_STREAM.contentType());
            connection.sendChunk(Call.CHAT_STREAM.line("Hel", false));
            connection.awaitDisconnect();
        });
        try (ScriptedServer server = ScriptedServer.start(endless);
                Paddock paddock = client(server, Map.of())) {
            ResponseStream<ChatChunk> stream = paddock.llm().chatStream(HELLO);

            Future<String> closing = Calls.start(() -> {
                stream.forEachRemaining(chunk -> leave(paddock));
                return "read on";
            });

            assertThat(Calls.failure(closing)).isEqualTo(CLIENT_CLOSED);
            leave(paddock);
            assertThat(paddock.pool().pools()).isEmpty();
            Eventually.await("the server has no connection", () -> server.open() == 0);
        }
    }

    @ParameterizedTest(name = "X05 {0}: the server is restarted -> backend_unavailable meanwhile, then succeeds")
    @EnumSource(Call.class)
    void call_serverRestarted_succeedsAgain(Call call) {
        ScriptedServer first = ScriptedServer.start(answering(call));
        try (first;
                Paddock paddock = client(first, Map.of("paddock.circuit.open-for", "50ms"))) {
            assertThat(call.make(paddock, "hi")).isEqualTo(call.result());
            die(first);
            LlmException failure = catchThrowableOfType(LlmException.class, () -> call.make(paddock, "hi"));
            assertThat(failure.kind()).isEqualTo(BACKEND_UNAVAILABLE);

            try (ScriptedServer second = ScriptedServer.start(first.port(), answering(call))) {
                assertThat(call.make(paddock, "hi")).isEqualTo(call.result());
                assertThat(second.requests()).hasSize(1);
                assertThat(usage(paddock).leased()).isZero();
            }
        }
    }

    private static void die(ScriptedServer server) {
        server.close();
        Eventually.await("its connections are closed", () -> server.open() == 0);
    }

    private static ConnectionScript answering(Call call) {
        return ConnectionScript.forEachRequest(connection -> Answers.good(connection, call));
    }
}
