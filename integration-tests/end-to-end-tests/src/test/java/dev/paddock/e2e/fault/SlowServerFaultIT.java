package dev.paddock.e2e.fault;

import static dev.paddock.domain.error.ErrorKind.SERVER_FAILED;
import static dev.paddock.domain.error.ErrorKind.TIMEOUT;
import static dev.paddock.e2e.fault.Call.Caller.EMBEDDING;
import static dev.paddock.e2e.fault.Call.Caller.GENERATING_WHOLE;
import static dev.paddock.e2e.fault.Call.Caller.STREAMING;
import static dev.paddock.e2e.fault.ExpectedOutcome.fails;
import static dev.paddock.e2e.fault.ExpectedOutcome.notSafe;
import static dev.paddock.e2e.fault.ExpectedOutcome.repeated;
import static dev.paddock.e2e.fault.ExpectedOutcome.repeatedOnce;
import static dev.paddock.e2e.fault.ExpectedOutcome.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Servers, and callers, that take their time. */
class SlowServerFaultIT extends FaultTable {

    @Override
    List<Fault> faults() {
        return List.of(
                Fault.of("L01", "hangs: accepts the request and never answers",
                                FaultyServer.lastAnswer(Answers.silence()))
                        .beyond("paddock.timeouts.read")
                        .reading(repeated(TIMEOUT).in(CallPhase.HEAD))
                        .embedding(repeatedOnce(TIMEOUT).in(CallPhase.HEAD))
                        .generating(notSafe(TIMEOUT).in(CallPhase.HEAD)),
                Fault.of("L01", "stops after the first line", FaultyServer.lastAnswer(
                                Answers.firstLineThen(Answers.silence())))
                        .with("paddock.timeouts.frame-gap", "400ms")
                        .streaming(fails(TIMEOUT).in(CallPhase.BODY).after("Hel")),
                Fault.of("L02", "loads a model for longer than the gap between frames", FaultyServer.answer(
                                Answers.late(Duration.ofMillis(600))))
                        .with("paddock.timeouts.frame-gap", "300ms")
                        .expect(succeeds(), EMBEDDING, GENERATING_WHOLE, STREAMING),
                Fault.of("L03", "fails to load a model", FaultyServer.answer(Answers.status(
                                "500 Internal Server Error", "", "timed out waiting for llama runner to start")))
                        .embedding(repeated(SERVER_FAILED).keepingTheConnection())
                        .generating(repeated(SERVER_FAILED).keepingTheConnection()));
    }

    @Test
    @DisplayName("S10 chat streamed: the caller takes longer than the gap between frames -> succeeds")
    void chatStream_callerIsSlow_isNoFaultOfTheServer() {
        Duration gap = Duration.ofMillis(300);
        ConnectionScript healthy =
                ConnectionScript.forEachRequest(connection -> Answers.good(connection, Call.CHAT_STREAM));
        try (ScriptedServer server = ScriptedServer.start(healthy);
                Paddock paddock = client(server, Map.of("paddock.timeouts.frame-gap", gap.toMillis() + "ms"));
                ResponseStream<ChatChunk> stream = paddock.llm().chatStream(ChatRequest.of("m", "hi"))) {
            StringBuilder text = new StringBuilder();
            while (stream.hasNext()) {
                text.append(stream.next().text());
                pass(gap.multipliedBy(2));
            }
            assertThat(text).hasToString("Hello");
            assertThat(usage(paddock).leased()).isZero();
        }
    }

    /** Takes time as a slow caller does: nothing is waited for. */
    private static void pass(Duration time) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < time.toNanos()) {
            LockSupport.parkNanos(time.toNanos());
        }
    }
}
