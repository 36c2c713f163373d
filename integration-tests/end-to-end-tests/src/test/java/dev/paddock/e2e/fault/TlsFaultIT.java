package dev.paddock.e2e.fault;

import static dev.paddock.domain.error.ErrorKind.BACKEND_UNAVAILABLE;
import static dev.paddock.domain.error.ErrorKind.CONNECTION_LOST;
import static dev.paddock.domain.error.ErrorKind.MALFORMED_RESPONSE;
import static dev.paddock.domain.error.ErrorKind.TIMEOUT;
import static dev.paddock.domain.error.ErrorKind.TRUNCATED_RESPONSE;
import static dev.paddock.e2e.fault.Expected.fails;
import static dev.paddock.e2e.fault.Expected.pointless;
import static dev.paddock.e2e.fault.Expected.repeated;

import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.tck.server.SelfSignedKey;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Faults of TLS, and faults that look different through it. */
class TlsFaultIT extends FaultTable {

    private SSLContext good;
    private SSLContext otherHost;
    private SSLContext trustingNobody;

    @BeforeAll
    void makeKeys(@TempDir Path directory) throws Exception {
        good = SelfSignedKey.forNames(directory, "ip:127.0.0.1").context();
        otherHost = SelfSignedKey.forNames(directory, "dns:elsewhere.example").context();
        trustingNobody = SSLContext.getDefault();
    }

    @Override
    List<Fault> faults() {
        FaultyAnswer readsALittle = (connection, call) -> connection.skip(20);
        return List.of(
                handshake("T01", "never finishes the handshake", Answers.silence(), repeated(TIMEOUT).in(CallPhase.TLS))
                        .beyond("paddock.timeouts.tls"),
                certificate("signed by nobody that is trusted", good).overTls(trustingNobody),
                certificate("of another host", otherHost).overTls(otherHost),
                handshake("T03", "speaks HTTP without TLS", Answers.bytes("HTTP/1.1 400 Bad Request\r\n\r\n"),
                        pointless(BACKEND_UNAVAILABLE)),
                Fault.of("T03", "speaks TLS to a client that does not",
                                ServerSide.onConnection((connection, call) -> connection.secure(good)))
                        .forAll(pointless(MALFORMED_RESPONSE)),
                handshake("T04", "resets in the handshake", readsALittle.then(Answers.reset()), repeated(CONNECTION_LOST)),
                handshake("T04", "closes in the handshake", readsALittle, repeated(CONNECTION_LOST)),
                Fault.of("S01", "ends after the first line, without an end of TLS", ServerSide.overTls(good,
                                ServerSide.lastAnswer(Answers.firstLineThen(Answers.nothing()))))
                        .overTls(good)
                        .streaming(fails(TRUNCATED_RESPONSE).after("Hel")),
                Fault.of("S02", "resets after the first line", ServerSide.overTls(good,
                                ServerSide.lastAnswer(Answers.firstLineThen(Answers.reset()))))
                        .overTls(good)
                        .streaming(fails(CONNECTION_LOST).after("Hel")));
    }

    private Fault handshake(String id, String what, FaultyAnswer fault, Expected outcome) {
        return Fault.of(id, what, ServerSide.insteadOfTls(good, fault)).overTls(good).forAll(outcome);
    }

    private static Fault certificate(String what, SSLContext server) {
        FaultyAnswer secures = (connection, call) -> connection.secure(server);
        return Fault.of("T02", "has a certificate " + what, ServerSide.onConnection(secures))
                .forAll(pointless(BACKEND_UNAVAILABLE));
    }
}
