package dev.paddock.e2e.fault;

import static dev.paddock.domain.error.ErrorKind.CANCELLED;
import static dev.paddock.domain.error.ErrorKind.SERVER_BUSY;
import static dev.paddock.domain.error.ErrorKind.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.metrics.ReuseMetrics;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.testsupport.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Answers that serve several calls, when calls and servers fail. */
class SharedAnswerFaultIT extends OverTransports {

    private static final Map<String, String> SETTINGS = Map.of(
            "paddock.cache.enabled", "true",
            "paddock.single-flight.enabled", "true",
            "paddock.cache.max-bytes", "64 KiB",
            "paddock.cache.max-entry", "4 KiB",
            "paddock.retry.max-retries", "0");

    @Test
    @DisplayName("Q01 the first of several equal calls is cancelled -> the others get the one answer")
    void chat_leaderIsCancelled_othersGetTheAnswer() {
        CountDownLatch opened = new CountDownLatch(1);
        CallContext context = CallContext.create();
        try (ScriptedServer server = ScriptedServer.start(answering((connection, number) -> {
                    Eventually.open(opened);
                    Answers.good(connection, Call.CHAT);
                }));
                Paddock paddock = client(server, SETTINGS)) {
            Future<String> leader = Calls.start(() -> ask(paddock, cold(0), context));
            Eventually.await("the request has arrived", () -> chats(server) == 1);
            Future<String> follower = Calls.start(() -> ask(paddock, cold(0), CallContext.create()));
            awaitJoined(paddock, 1);
            context.cancellation().cancel();

            assertThat(Calls.failure(leader)).isEqualTo(CANCELLED);
            opened.countDown();
            assertThat(Calls.result(follower)).isEqualTo("Hello");
            assertThat(chats(server)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("Q01 the first of several equal calls fails -> one of the others asks again")
    void chat_leaderFails_oneOfTheOthersAsksAgain() {
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch othersHaveJoined = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(answering((connection, number) -> {
                    Eventually.open(opened);
                    if (number == 1) {
                        connection.sendResponse("503 Service Unavailable", "application/json", "{\"error\":\"busy\"}");
                    } else {
                        Eventually.open(othersHaveJoined);
                        Answers.good(connection, Call.CHAT);
                    }
                }));
                Paddock paddock = client(server, SETTINGS)) {
            List<Future<String>> callers = new ArrayList<>();
            for (int count = 0; count < 5; count++) {
                callers.add(Calls.start(() -> ask(paddock, cold(0), CallContext.create())));
            }
            awaitJoined(paddock, 4);
            opened.countDown();
            awaitJoined(paddock, 4 + 3);
            othersHaveJoined.countDown();

            assertThat(callers.stream().filter(caller -> Calls.failure(caller) == SERVER_BUSY)).hasSize(1);
            assertThat(callers.stream().filter(caller -> Calls.failure(caller) == null)).hasSize(4);
            assertThat(chats(server)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("Q02 the shared call takes longer than one of its callers waits -> that caller leaves alone")
    void chat_leaderIsSlowerThanADeadline_followerLeavesAlone() {
        CountDownLatch opened = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(answering((connection, number) -> {
                    Eventually.open(opened);
                    Answers.good(connection, Call.CHAT);
                }));
                Paddock paddock = client(server, SETTINGS)) {
            Future<String> leader = Calls.start(() -> ask(paddock, cold(0), CallContext.create()));
            Eventually.await("the request has arrived", () -> chats(server) == 1);
            Future<String> follower =
                    Calls.start(() -> ask(paddock, cold(0), CallContext.within(Duration.ofMillis(50), System::nanoTime)));

            assertThat(Calls.failure(follower)).isEqualTo(TIMEOUT);
            opened.countDown();
            assertThat(Calls.result(leader)).isEqualTo("Hello");
            assertThat(chats(server)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("Q03 calls that differ in one option, a seed or the caller -> each is answered by the server")
    void chat_anyDifference_isAnotherRequest() {
        try (ScriptedServer server =
                        ScriptedServer.start(answering((connection, number) -> Answers.good(connection, Call.CHAT)));
                Paddock paddock = client(server, SETTINGS)) {
            CallContext tenant = CallContext.create().with(CallAttributes.CALLER, "other");
            List.of(ModelOptions.NONE, ModelOptions.NONE.withContextLength(8192), ModelOptions.NONE.withSeed(1), ModelOptions.NONE.withSeed(2))
                    .forEach(options -> ask(paddock, request(options.withTemperature(0)), CallContext.create()));
            ask(paddock, request(ModelOptions.NONE.withTemperature(0)), tenant);
            assertThat(chats(server)).isEqualTo(5);

            ask(paddock, request(ModelOptions.NONE.withTemperature(0)), CallContext.create());
            assertThat(chats(server)).isEqualTo(5);
        }
    }

    @Test
    @DisplayName("Q04 an answer that breaks off, or is an error -> it is not stored")
    void chat_brokenAnswer_isNotStored() {
        try (ScriptedServer server = ScriptedServer.start(answering((connection, number) -> {
                    switch (number) {
                        case 1 -> connection.send("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"message\":");
                        case 2 -> connection.sendResponse("503 Service Unavailable", "application/json", "{\"error\":\"busy\"}");
                        case 3 -> connection.sendResponse("200 OK", "application/json", "{\"error\":\"failed\"}");
                        default -> Answers.good(connection, Call.CHAT);
                    }
                    if (number == 1) {
                        connection.shutdownOutput();
                    }
                }));
                Paddock paddock = client(server, SETTINGS)) {
            for (int count = 0; count < 3; count++) {
                Future<String> failing = Calls.start(() -> ask(paddock, cold(0), CallContext.create()));
                assertThat(Calls.failure(failing)).isNotNull().isNotEqualTo(CANCELLED);
            }
            assertThat(ask(paddock, cold(0), CallContext.create())).isEqualTo("Hello");
            assertThat(ask(paddock, cold(0), CallContext.create())).isEqualTo("Hello");
            assertThat(chats(server)).isEqualTo(4);
        }
    }

    @Test
    @DisplayName("Q07 many equal calls at once, then many different ones -> one request, and the memory stays within its bound")
    void chat_stampedeAndGrowth_areBounded() {
        CountDownLatch opened = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(answering((connection, number) -> {
                    Eventually.open(opened);
                    Answers.good(connection, Call.CHAT);
                }));
                Paddock paddock = client(server, SETTINGS)) {
            List<Future<String>> callers = new ArrayList<>();
            for (int count = 0; count < 50; count++) {
                callers.add(Calls.start(() -> ask(paddock, cold(0), CallContext.create())));
            }
            awaitJoined(paddock, 49);
            opened.countDown();
            assertThat(callers).allSatisfy(caller -> assertThat(Calls.result(caller)).isEqualTo("Hello"));
            assertThat(chats(server)).isEqualTo(1);

            for (int count = 1; count <= 300; count++) {
                ask(paddock, cold(count), CallContext.create());
            }
            assertThat(paddock.answerCache()).isNotNull();
            assertThat(paddock.answerCache().report().bytes()).isLessThanOrEqualTo(64 * 1024);
            assertThat(paddock.answerCache().report().evictions()).isPositive();
            assertThat(paddock.answerCache().clear(AnswerSelection.ALL)).isPositive();
        }
    }

    private static String ask(Paddock paddock, ChatRequest request, CallContext context) {
        return paddock.llm().chat(request, context).text();
    }

    private static ChatRequest cold(int number) {
        return request(ModelOptions.NONE.withTemperature(0).with("number", number));
    }

    private static ChatRequest request(ModelOptions options) {
        return ChatRequest.of("m", "hi").withSettings(GenerationSettings.builder().options(options).build());
    }

    /** Answers requests for the list of models, and leaves chats, which it counts from one, to a script. */
    private static ConnectionScript answering(ChatScript script) {
        AtomicInteger chats = new AtomicInteger();
        return connection -> {
            while (connection.awaitRequest()) {
                ReceivedRequest request = connection.readRequest();
                if (request.target().equals("/api/tags")) {
                    connection.sendResponse(
                            "200 OK", "application/json", "{\"models\":[{\"name\":\"m:latest\",\"digest\":\"abc\"}]}");
                } else {
                    script.answer(connection, chats.incrementAndGet());
                }
            }
        };
    }

    private static long chats(ScriptedServer server) {
        return server.requests().stream().filter(request -> request.target().equals("/api/chat")).count();
    }

    private static void awaitJoined(Paddock paddock, int calls) {
        String series = ReuseMetrics.JOINED.name().replace('.', '_') + "_total{operation=\"chat\"} " + calls;
        Eventually.await("calls have joined", () -> page(paddock).lines().anyMatch(line -> line.startsWith(series)));
    }

    private static String page(Paddock paddock) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            paddock.writeMetrics(page);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return page.toString(StandardCharsets.UTF_8);
    }

    @FunctionalInterface
    private interface ChatScript {

        void answer(ScriptedConnection connection, int number) throws IOException;
    }
}
