package dev.paddock.e2e.fault;

import static dev.paddock.domain.error.ErrorKind.CANCELLED;
import static dev.paddock.domain.error.ErrorKind.CLIENT_CLOSED;
import static dev.paddock.domain.error.ErrorKind.POOL_EXHAUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of the pool: every connection is taken, or the pool goes away. */
class PoolFaultIT extends OverTransports {

    private static final ChatRequest HELLO = ChatRequest.of("m", "hi");
    private static final Map<String, String> FAIL_AT_ONE =
            Map.of("paddock.pool.connections-per-host", "1", "paddock.pool.when-full", "fail");
    private static final Map<String, String> WAIT_AT_ONE = Map.of(
            "paddock.pool.connections-per-host", "1",
            "paddock.pool.when-full", "wait",
            "paddock.pool.lease-timeout", "150ms");

    @ParameterizedTest(name = "P01 {0}: every connection is taken, no waiting -> pool_exhausted, nothing sent")
    @EnumSource(Call.class)
    void call_everyConnectionIsTaken_failsTyped(Call call) {
        try (ScriptedServer server = ScriptedServer.start(firstTokenThenSilence());
                Paddock paddock = client(server, FAIL_AT_ONE);
                ResponseStream<ChatChunk> stream = openStream(paddock)) {
            LlmException failure = catchThrowableOfType(LlmException.class, () -> call.make(paddock, "hi"));

            assertThat(failure.kind()).isEqualTo(POOL_EXHAUSTED);
            assertThat(failure.facts().attempts()).isZero();
            assertThat(Measurements.of(paddock, call).retries()).containsExactly(Map.entry("pointless", 1));
            assertThat(server.requests()).hasSize(1);
            leave(stream);
            assertNothingHeld(paddock, server);
        }
    }

    @ParameterizedTest(name = "P01 {0}: every connection is taken for too long -> timeout of lease, nothing sent")
    @EnumSource(Call.class)
    void call_everyConnectionIsTakenForTooLong_timesOutInTheLease(Call call) {
        try (ScriptedServer server = ScriptedServer.start(firstTokenThenSilence());
                Paddock paddock = client(server, WAIT_AT_ONE);
                ResponseStream<ChatChunk> stream = openStream(paddock)) {
            LlmTimeoutException failure =
                    catchThrowableOfType(LlmTimeoutException.class, () -> call.make(paddock, "hi"));

            assertThat(failure.phase()).isEqualTo(CallPhase.LEASE);
            assertThat(Measurements.of(paddock, call).retries()).containsExactly(Map.entry("pointless", 1));
            assertThat(server.requests()).hasSize(1);
            leave(stream);
            assertNothingHeld(paddock, server);
        }
    }

    @Test
    @DisplayName("P02 chat: cancelled while it waits for a connection -> cancelled, nothing sent, nothing held")
    void chat_cancelledInTheLease_holdsNothing() {
        Map<String, String> patient = Map.of(
                "paddock.pool.connections-per-host", "1", "paddock.pool.when-full", "wait");
        try (ScriptedServer server = ScriptedServer.start(firstTokenThenSilence());
                Paddock paddock = client(server, patient);
                ResponseStream<ChatChunk> stream = openStream(paddock)) {
            CallContext context = CallContext.create();
            Future<String> waiting = Calls.start(() -> paddock.llm().chat(HELLO, context).text());
            Eventually.await("the call waits", () -> usage(paddock).pending() == 1);

            context.cancellation().cancel();

            assertThat(Calls.failure(waiting)).isEqualTo(CANCELLED);
            assertThat(usage(paddock).pending()).isZero();
            assertThat(server.requests()).hasSize(1);
            leave(stream);
            assertNothingHeld(paddock, server);
        }
    }

    @Test
    @DisplayName("P03 chat: one server takes all its connections -> calls to another one are served")
    void chat_anotherServerIsFull_isServed() {
        ConnectionScript healthy =
                ConnectionScript.forEachRequest(connection -> Answers.good(connection, Call.CHAT));
        try (ScriptedServer slow = ScriptedServer.start(firstTokenThenSilence());
                ScriptedServer fast = ScriptedServer.start(healthy);
                Paddock ofSlow = client(slow, FAIL_AT_ONE);
                Paddock ofFast = ofSlow.another(toServer(ofSlow.settings(), fast));
                ResponseStream<ChatChunk> stream = openStream(ofSlow)) {
            assertThat(ofFast.llm().chat(HELLO).text()).isEqualTo("Hello");
            assertThat(stream).isNotNull();
        }
    }

    @Test
    @DisplayName("P04 chat streamed: closed while calls use and wait for connections -> client_closed, nothing held")
    void close_callsUnderWayAndWaiting_failTyped() {
        Map<String, String> patient = Map.of(
                "paddock.pool.connections-per-host", "1", "paddock.pool.when-full", "wait");
        try (ScriptedServer server = ScriptedServer.start(firstTokenThenSilence());
                Paddock paddock = client(server, patient)) {
            Future<String> running = Calls.start(() -> Call.CHAT_STREAM.make(paddock, "hi"));
            Eventually.await("the first call is answered", () -> usage(paddock).leased() == 1);
            Future<String> waiting = Calls.start(() -> Call.CHAT_STREAM.make(paddock, "hi"));
            Eventually.await("the second call waits", () -> usage(paddock).pending() == 1);

            leave(paddock);

            assertThat(Calls.failure(running)).isEqualTo(CLIENT_CLOSED);
            assertThat(Calls.failure(waiting)).isEqualTo(CLIENT_CLOSED);
            assertThat(paddock.pool().pools()).isEmpty();
            Eventually.await("the server has no connection", () -> server.open() == 0);
        }
    }

    @Test
    @DisplayName("P06 chat: a thousand calls wait for one connection -> all are served, one connection is opened")
    void chat_aThousandWaitForOneConnection_areAllServed() {
        Map<String, String> patient = Map.of(
                "paddock.pool.connections-per-host", "1",
                "paddock.pool.when-full", "wait",
                "paddock.pool.lease-timeout", "50s");
        ConnectionScript healthy =
                ConnectionScript.forEachRequest(connection -> Answers.good(connection, Call.CHAT));
        try (ScriptedServer server = ScriptedServer.start(healthy);
                Paddock paddock = client(server, patient)) {
            List<Future<String>> calls = IntStream.range(0, 1000)
                    .mapToObj(number -> Calls.start(() -> Call.CHAT.make(paddock, "hi")))
                    .toList();

            assertThat(calls).allSatisfy(call -> assertThat(Calls.result(call)).isEqualTo("Hello"));
            assertThat(server.accepted()).isEqualTo(1);
            assertThat(usage(paddock).leased()).isZero();
            assertThat(usage(paddock).pending()).isZero();
        }
    }

    private static PaddockSettings toServer(PaddockSettings settings, ScriptedServer server) {
        return settings.withServer(settings.server().withBaseUrl(BaseUrl.parse(server.baseUrl())));
    }

    private static ConnectionScript firstTokenThenSilence() {
        return ConnectionScript.forEachRequest(connection ->
                Answers.firstLineThen(Answers.silence()).play(connection, Call.CHAT_STREAM));
    }

    private static ResponseStream<ChatChunk> openStream(Paddock paddock) {
        ResponseStream<ChatChunk> stream = paddock.llm().chatStream(HELLO);
        assertThat(stream.next().text()).isEqualTo("Hel");
        return stream;
    }

    private static void assertNothingHeld(Paddock paddock, ScriptedServer server) {
        assertThat(usage(paddock).leased()).isZero();
        Eventually.await("the server has no connection", () -> server.open() == 0);
    }
}
