package dev.paddock.e2e.fault;

import static dev.paddock.domain.error.ErrorKind.CONNECTION_LOST;
import static dev.paddock.domain.error.ErrorKind.GENERATION_FAILED;
import static dev.paddock.domain.error.ErrorKind.MALFORMED_RESPONSE;
import static dev.paddock.domain.error.ErrorKind.TIMEOUT;
import static dev.paddock.domain.error.ErrorKind.TRUNCATED_RESPONSE;
import static dev.paddock.e2e.fault.Answers.chunk;
import static dev.paddock.e2e.fault.Answers.firstLineThen;
import static dev.paddock.e2e.fault.ExpectedOutcome.fails;
import static dev.paddock.e2e.fault.ExpectedOutcome.notSafe;
import static dev.paddock.e2e.fault.ExpectedOutcome.notRetryable;
import static dev.paddock.e2e.fault.ExpectedOutcome.repeated;
import static dev.paddock.e2e.fault.ExpectedOutcome.succeeds;
import static dev.paddock.e2e.fault.ExpectedOutcome.succeedsWithoutReuse;

import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.testsupport.fault.Toxic;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Faults of an answer that is had piece by piece. */
class StreamFaultIT extends FaultTable {

    private static final String LAST_CHUNK = "0\r\n\r\n";
    private static final String ERROR = "{\"error\":\"model runner has unexpectedly stopped\"}\n";

    @Override
    List<Fault> faults() {
        return Stream.of(breaks(), ends(), framings(), silences()).flatMap(List::stream).toList();
    }

    private static List<Fault> breaks() {
        return List.of(
                last("S01", "ends before the first line", Answers.chunked(call -> ""), repeated(TRUNCATED_RESPONSE)),
                last("S01", "ends after the first line", firstLineThen(Answers.nothing()),
                        fails(TRUNCATED_RESPONSE).after("Hel")),
                last("S01", "ends inside the second line", firstLineThen(Answers.bytes(chunk("{\"model\":\"m\""))),
                        fails(TRUNCATED_RESPONSE).after("Hel")),
                last("S02", "resets before the first line", Answers.chunked(call -> "").then(Answers.reset()),
                        repeated(CONNECTION_LOST)),
                last("S02", "resets after the first line", firstLineThen(Answers.reset()),
                        fails(CONNECTION_LOST).after("Hel")),
                last("S05", "sends an error instead of the first line", whole(call -> ERROR),
                        notSafe(GENERATION_FAILED)),
                last("S05", "sends an error after the first line",
                        firstLineThen(Answers.bytes(chunk(ERROR) + LAST_CHUNK)),
                        fails(GENERATION_FAILED).after("Hel")),
                last("B03", "sends a chunk with a size that is not a number instead of the first line",
                        Answers.chunked(call -> "xyz\r\n"), notRetryable(MALFORMED_RESPONSE)),
                last("B03", "sends a chunk with a size that is not a number after the first line",
                        firstLineThen(Answers.bytes("xyz\r\n")), fails(MALFORMED_RESPONSE).after("Hel")));
    }

    private static List<Fault> ends() {
        return List.of(
                fine("S06", "ends without the last line", whole(call -> call.lines().get(0) + call.lines().get(1)))
                        .streaming(fails(TRUNCATED_RESPONSE).after("Hello").keepingTheConnection()),
                last("S07", "sends a line after the last one", whole(call -> call.body() + call.line("!", false)),
                        succeedsWithoutReuse()),
                last("S07", "sends the last line twice", whole(call -> call.body() + call.line("", true)),
                        succeedsWithoutReuse()),
                last("B02", "ends after the last line without the last chunk",
                        Answers.chunked(call -> chunk(call.body())),
                        succeedsWithoutReuse()),
                last("S07", "resets after the last line",
                        Answers.chunked(call -> chunk(call.body())).then(Answers.reset()),
                        succeedsWithoutReuse()));
    }

    private static List<Fault> framings() {
        return List.of(
                fine("S08", "sends every byte in a segment of its own", Answers.goodThrough(Toxic.slices(1))),
                fine("S08", "sends every byte in a chunk of its own", Answers.chunked(StreamFaultIT::byteByByte)),
                fine("S08", "ends lines by CR LF", whole(call -> call.body().replace("\n", "\r\n"))),
                fine("S08", "sends empty lines", whole(call -> call.body().replace("\n", "\n\n"))),
                fine("S08", "does not end the last line", whole(call -> call.body().strip())),
                fine("S08", "sends a line of 8 MB", whole(call -> with("x".repeat(8_000_000), call))),
                last("S08", "sends a line of 17 MiB", whole(call -> with("x".repeat(17 << 20), call)),
                        notRetryable(MALFORMED_RESPONSE)),
                last("B04", "sends a line that is not JSON after the first",
                        firstLineThen(Answers.bytes(chunk("{]\n") + LAST_CHUNK)),
                        fails(MALFORMED_RESPONSE).after("Hel")));
    }

    private static List<Fault> silences() {
        return List.of(
                last("S03", "stalls before the first line", Answers.chunked(call -> "").then(Answers.silence()),
                        notSafe(TIMEOUT).in(CallPhase.BODY)).with("paddock.timeouts.head", "1500ms"),
                last("S03", "stalls after the first line", firstLineThen(Answers.silence()),
                        fails(TIMEOUT).in(CallPhase.BODY).after("Hel")).with("paddock.timeouts.frame-gap", "400ms"),
                last("S04", "sends very slowly after the first line", firstLineThen(Answers.drip(Duration.ofMillis(50))),
                        fails(TIMEOUT).in(CallPhase.BODY).after("Hel")).with("paddock.timeouts.frame-gap", "400ms"));
    }

    private static Fault last(String id, String what, FaultyResponse answer, ExpectedOutcome outcome) {
        return Fault.of(id, what, FaultyServer.lastAnswer(answer)).streaming(outcome);
    }

    private static Fault fine(String id, String what, FaultyResponse answer) {
        return Fault.of(id, what, FaultyServer.answer(answer)).streaming(succeeds());
    }

    private static FaultyResponse whole(Function<Call, String> lines) {
        return Answers.chunked(call -> chunk(lines.apply(call)) + LAST_CHUNK);
    }

    private static String byteByByte(Call call) {
        StringBuilder chunks = new StringBuilder();
        call.body().chars().forEach(character -> chunks.append("1\r\n").append((char) character).append("\r\n"));
        return chunks.append(LAST_CHUNK).toString();
    }

    private static String with(String ballast, Call call) {
        return "{\"more\":\"" + ballast + "\"," + call.body().substring(1);
    }
}
