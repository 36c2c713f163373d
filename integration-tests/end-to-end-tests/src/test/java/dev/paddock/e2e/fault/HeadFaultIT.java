package dev.paddock.e2e.fault;

import static dev.paddock.domain.error.ErrorKind.CONNECTION_LOST;
import static dev.paddock.domain.error.ErrorKind.INVALID_REQUEST;
import static dev.paddock.domain.error.ErrorKind.MALFORMED_RESPONSE;
import static dev.paddock.domain.error.ErrorKind.RATE_LIMITED;
import static dev.paddock.domain.error.ErrorKind.SERVER_BUSY;
import static dev.paddock.domain.error.ErrorKind.SERVER_FAILED;
import static dev.paddock.domain.error.ErrorKind.TIMEOUT;
import static dev.paddock.e2e.fault.ExpectedOutcome.fails;
import static dev.paddock.e2e.fault.ExpectedOutcome.notSafe;
import static dev.paddock.e2e.fault.ExpectedOutcome.notRetryable;
import static dev.paddock.e2e.fault.ExpectedOutcome.repeated;
import static dev.paddock.e2e.fault.ExpectedOutcome.repeatedOnce;
import static dev.paddock.e2e.fault.ExpectedOutcome.succeeds;
import static dev.paddock.e2e.fault.ExpectedOutcome.tooLongToWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;


import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.testsupport.fault.Toxic;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Faults of the head of a response. */
class HeadFaultIT extends FaultTable {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String LIMITED = "429 Too Many Requests";
    private static final String FIELD = "X-Field: value\r\n";

    @Override
    List<Fault> faults() {
        return List.of(
                lost("H01", "closes after the request without a byte", Answers.nothing()),
                lost("H01", "resets after the request without a byte", Answers.reset()),
                billed("H01", "closes after a billed request", Answers.nothing()),
                lost("H01", "closes in the middle of the head", Answers.bytes(OK + "Content-Ty")),

                malformed("H02", "speaks another protocol", "SSH-2.0-OpenSSH_9.6\r\n\r\n"),
                malformed("H02", "sends a status that is not a number", "HTTP/1.1 banana\r\n\r\n"),
                malformed("H02", "sends the status 999", "HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n"),

                Fault.of("H03", "sends its head very slowly", FaultyServer.lastAnswer(
                                Answers.goodThrough(Toxic.drip(Duration.ofMillis(20)))))
                        .beyond("paddock.timeouts.read")
                        .reading(repeated(TIMEOUT).in(CallPhase.HEAD))
                        .embedding(repeatedOnce(TIMEOUT).in(CallPhase.HEAD))
                        .generating(notSafe(TIMEOUT).in(CallPhase.HEAD)),
                malformed("H04", "sends 10000 fields", OK + FIELD.repeat(10_000) + "\r\n"),
                malformed("H04", "sends a field of 1 MB", OK + "X-Long: " + "x".repeat(1 << 20) + "\r\n\r\n"),
                harmless("H05", "sends 8 interim responses first", interim(8)),
                Fault.of("H05", "sends 200 interim responses", FaultyServer.lastAnswer(interim(200)))
                        .forAll(notRetryable(MALFORMED_RESPONSE)),

                malformed("H06", "announces a length and chunks",
                        OK + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n" + "2\r\n{}\r\n0\r\n\r\n"),
                malformed("H06", "announces two lengths", OK + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} "),
                malformed("H06", "announces a list of lengths", OK + "Content-Length: 2, 2\r\n\r\n{}"),
                malformed("H06", "announces a negative length", OK + "Content-Length: -1\r\n\r\n{}"),
                malformed("H06", "announces a length with a sign", OK + "Content-Length: +2\r\n\r\n{}"),
                malformed("H06", "announces an unknown coding",
                        OK + "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),

                harmless("H07", "sends a NUL in a field", Answers.goodWithFields("X-Field: a\0b\r\n")),
                harmless("H07", "sends a length behind a CR in a field",
                        Answers.goodWithFields("X-Field: a\rContent-Length: 1\r\n")),

                refused("H08", "503 with a full queue", "503 Service Unavailable", "", SERVER_BUSY),
                refused("H09", "503 while it loads", "503 Service Unavailable", "", SERVER_BUSY),
                refused("H10", "429", LIMITED, "", RATE_LIMITED),
                refused("H10", "429 with Retry-After: 0", LIMITED, "Retry-After: 0\r\n", RATE_LIMITED),
                refused("H10", "429 with Retry-After: -1", LIMITED, "Retry-After: -1\r\n", RATE_LIMITED),
                refused("H10", "429 with Retry-After: soon", LIMITED, "Retry-After: soon\r\n", RATE_LIMITED),
                refused("H10", "429 with Retry-After: the current date", LIMITED,
                        "Date: Sun, 22 Nov 2026 10:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 10:00:00 GMT\r\n",
                        RATE_LIMITED),
                answered("H10", "429 with Retry-After: 99999999", LIMITED, "Retry-After: 99999999\r\n")
                        .forAll(tooLongToWait(RATE_LIMITED).keepingTheConnection()),
                refused("H11", "500 after a crash", "500 Internal Server Error", "", SERVER_FAILED),

                answered("H12", "redirects to another host", "302 Found", "Location: http://169.254.169.254/\r\n")
                        .forAll(fails(INVALID_REQUEST).keepingTheConnection()),
                malformed("H13", "switches protocols unasked",
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"),
                Fault.of("H14", "answers with an HTML page", FaultyServer.answer(page()))
                        .forAll(fails(MALFORMED_RESPONSE).keepingTheConnection()),
                harmless("H15", "sets a cookie", Answers.goodWithFields("Set-Cookie: a=b\r\n")));
    }

    @Test
    @DisplayName("H07 exchange: sends CR and NUL in a field -> the field has neither, and there is no other field")
    void open_lineBreakInAField_becomesNoOtherField() {
        assumeThat(isDecidedByTransport("H07")).isFalse();
        FaultyResponse answer = Answers.goodWithFields("X-Field: a\rX-Other: b\0c\r\n");
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.forEachRequest(
                        connection -> answer.play(connection, Call.MODELS)));
                Paddock paddock = client(server, Map.of());
                Exchange exchange = paddock.exchange().open(
                        ExchangeRequest.get(Operation.LIST_MODELS, "/api/tags"), CallContext.create())) {
            assertThat(exchange.head().headers().first("X-Other")).isNull();
            assertThat(exchange.head().headers().first("X-Field")).doesNotContain("\r", "\0");
        }
    }

    @Test
    @DisplayName("H10 embed: 429 with Retry-After: 1 (once) -> succeeds on attempt 2, not before a second has passed")
    void embed_serverAsksToWait_isAskedAgainAfterThat() {
        FaultyServer limited = FaultyServer.answer(Answers.status(LIMITED, "Retry-After: 1\r\n", "slow down"));
        FaultScenario scene = new FaultScenario(Call.EMBED, FaultScenario.Persistence.ONCE);
        try (ScriptedServer server = ScriptedServer.start(limited.script(scene));
                Paddock paddock = client(server, Map.of())) {
            long start = System.nanoTime();
            assertThat(Call.EMBED.make(paddock, "hi")).isEqualTo(Call.EMBED.result());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(scene.attempts()).isEqualTo(2);
        }
    }

    private static Fault lost(String id, String what, FaultyResponse answer) {
        return Fault.of(id, what, FaultyServer.lastAnswer(answer)).forAll(repeated(CONNECTION_LOST));
    }

    private static Fault billed(String id, String what, FaultyResponse answer) {
        return Fault.of(id, what, FaultyServer.lastAnswer(answer))
                .with("paddock.retry.generations", "never")
                .generating(notSafe(CONNECTION_LOST));
    }

    private static Fault malformed(String id, String what, String bytes) {
        return Fault.of(id, what, FaultyServer.lastAnswer(Answers.bytes(bytes))).forAll(notRetryable(MALFORMED_RESPONSE));
    }

    private static Fault harmless(String id, String what, FaultyResponse answer) {
        return Fault.of(id, what, FaultyServer.answer(answer)).forAll(succeeds());
    }

    private static Fault refused(String id, String what, String status, String fields, ErrorKind kind) {
        return answered(id, what, status, fields).forAll(repeated(kind).keepingTheConnection());
    }

    private static Fault answered(String id, String what, String status, String fields) {
        return Fault.of(id, what, FaultyServer.answer(Answers.status(status, fields, "no")));
    }

    private static FaultyResponse interim(int count) {
        return (connection, call) -> {
            connection.send("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n".repeat(count));
            Answers.good(connection, call);
        };
    }

    private static FaultyResponse page() {
        return (connection, call) ->
                connection.sendResponse("200 OK", "text/html; charset=utf-8", "<html>Welcome</html>");
    }
}
