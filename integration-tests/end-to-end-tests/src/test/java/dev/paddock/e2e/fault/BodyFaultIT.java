package dev.paddock.e2e.fault;

import static dev.paddock.domain.error.ErrorKind.GENERATION_FAILED;
import static dev.paddock.domain.error.ErrorKind.MALFORMED_RESPONSE;
import static dev.paddock.domain.error.ErrorKind.TRUNCATED_RESPONSE;
import static dev.paddock.e2e.fault.Answers.chunk;
import static dev.paddock.e2e.fault.Call.Caller.EMBEDDING;
import static dev.paddock.e2e.fault.Call.Caller.GENERATING_WHOLE;
import static dev.paddock.e2e.fault.Call.Caller.READING;
import static dev.paddock.e2e.fault.ExpectedOutcome.fails;
import static dev.paddock.e2e.fault.ExpectedOutcome.notRetryable;
import static dev.paddock.e2e.fault.ExpectedOutcome.repeated;
import static dev.paddock.e2e.fault.ExpectedOutcome.succeeds;

import dev.paddock.testsupport.fault.Toxic;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Faults of the body of an answer that is had as a whole. */
class BodyFaultIT extends FaultTable {

    @Override
    List<Fault> faults() {
        return Stream.of(framing(), json(), texts()).flatMap(List::stream).toList();
    }

    private static List<Fault> framing() {
        return List.of(
                last("B01", "ends before the first byte of the body", Answers.announcedButSent(call -> ""),
                        repeated(TRUNCATED_RESPONSE)),
                last("B01", "ends one byte before the end",
                        Answers.announcedButSent(call -> allButOneByte(call.body())),
                        fails(TRUNCATED_RESPONSE)),
                last("B02", "ends before the first chunk", Answers.chunked(call -> ""), repeated(TRUNCATED_RESPONSE)),
                last("B02", "ends without the last chunk", Answers.chunked(call -> chunk(call.body())),
                        fails(TRUNCATED_RESPONSE)),
                last("B02", "ends inside the last chunk", Answers.chunked(call -> chunk(call.body()) + "0\r\n"),
                        fails(TRUNCATED_RESPONSE)),
                last("B02", "ends inside a chunk", Answers.chunked(call -> "fff\r\n" + call.body()),
                        fails(TRUNCATED_RESPONSE)),
                badChunk("with a size that is not a number", call -> "xyz\r\n" + call.body()),
                badChunk("with a sign before its size", call -> "+" + chunk(call.body()) + "0\r\n\r\n"),
                badChunk("with a negative size", call -> "-5\r\n" + call.body()),
                badChunk("with 0x before its size", call -> "0x" + chunk(call.body()) + "0\r\n\r\n"),
                badChunk("with a size above 2^63", call -> "FFFFFFFFFFFFFFFFF\r\n" + call.body()),
                last("B03", "sends a chunk without the line end behind it",
                        Answers.chunked(call -> chunk(call.body()).strip() + "0\r\n\r\n"), fails(MALFORMED_RESPONSE)));
    }

    private static List<Fault> json() {
        return List.of(
                whole("B04", "sends truncated JSON", call -> allButOneByte(call.body())),
                whole("B04", "sends no JSON", call -> "hello"),
                whole("B04", "sends a list", call -> "[7]"),
                whole("B04", "sends another document after the first", call -> call.body() + call.body()),
                whole("B04", "sends numbers in place of strings",
                        call -> call.body().replace("\"Hello\"", "7").replace("[0.5,0.25]", "7")),
                whole("B05", "sends JSON 100000 levels deep", call -> with(call, "[".repeat(100_000))),
                whole("B05", "sends a number of a million digits", call -> with(call, "9".repeat(1_000_000))),
                Fault.of("B05", "sends a string of 17 MiB", FaultyServer.answer(
                                Answers.body(call -> call.body().replace("Hello", "x".repeat(17 << 20)))))
                        .expect(misunderstood(), READING, GENERATING_WHOLE),
                Fault.of("B08", "sends a body of 65 MiB", FaultyServer.lastAnswer(
                                Answers.body(call -> call.body() + " ".repeat(65 << 20))))
                        .expect(fails(MALFORMED_RESPONSE), READING, GENERATING_WHOLE),
                whole("B04", "sends an error with status 200", call -> "{\"error\":\"model runner has gone\"}")
                        .expect(fails(GENERATION_FAILED).keepingTheConnection(), READING, EMBEDDING, GENERATING_WHOLE));
    }

    private static List<Fault> texts() {
        return List.of(
                wholes("B06", "sends gzip unasked", FaultyServer.answer(Answers.gzip()), succeeds()),
                wholes("B07", "sends bytes that are not UTF-8", FaultyServer.answer(Answers.invalidUtf8()), succeeds()),
                wholes("B07", "sends every byte in a segment of its own",
                        FaultyServer.answer(Answers.goodThrough(Toxic.slices(1))), succeeds()),
                wholes("B09", "answers 204", FaultyServer.answer(Answers.bytes("HTTP/1.1 204 No Content\r\n\r\n")),
                                fails(TRUNCATED_RESPONSE).keepingTheConnection()));
    }

    private static Fault badChunk(String what, Function<Call, String> bytes) {
        return last("B03", "sends a chunk " + what, Answers.chunked(bytes), notRetryable(MALFORMED_RESPONSE));
    }

    private static Fault whole(String id, String what, Function<Call, String> body) {
        return wholes(id, what, FaultyServer.answer(Answers.body(body)), misunderstood());
    }

    /** A complete body that means nothing. */
    private static ExpectedOutcome misunderstood() {
        return fails(MALFORMED_RESPONSE).keepingTheConnection();
    }

    private static Fault last(String id, String what, FaultyResponse answer, ExpectedOutcome outcome) {
        return wholes(id, what, FaultyServer.lastAnswer(answer), outcome);
    }

    private static Fault wholes(String id, String what, FaultyServer serverSide, ExpectedOutcome outcome) {
        return Fault.of(id, what, serverSide).expect(outcome, READING, EMBEDDING, GENERATING_WHOLE);
    }

    private static String with(Call call, String value) {
        return "{\"more\":" + value + "," + call.body().substring(1);
    }

    private static String allButOneByte(String text) {
        return text.substring(0, text.length() - 1);
    }
}
