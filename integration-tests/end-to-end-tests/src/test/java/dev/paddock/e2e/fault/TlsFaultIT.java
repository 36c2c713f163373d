package dev.paddock.e2e.fault;

import static dev.paddock.domain.error.ErrorKind.BACKEND_UNAVAILABLE;
import static dev.paddock.domain.error.ErrorKind.CONNECTION_LOST;
import static dev.paddock.domain.error.ErrorKind.MALFORMED_RESPONSE;
import static dev.paddock.domain.error.ErrorKind.TIMEOUT;
import static dev.paddock.domain.error.ErrorKind.TRUNCATED_RESPONSE;
import static dev.paddock.e2e.fault.ExpectedOutcome.fails;
import static dev.paddock.e2e.fault.ExpectedOutcome.notRetryable;
import static dev.paddock.e2e.fault.ExpectedOutcome.repeated;

import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.tck.server.ServerIdentity;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Faults of TLS, and faults that look different through it. */
class TlsFaultIT extends FaultTable {

    private final SSLContext server = ServerIdentity.LOCAL.serverContext();
    private final SSLContext client = ServerIdentity.clientContext();

    @Override
    List<Fault> faults() {
        FaultyResponse readsALittle = (connection, call) -> connection.skip(20);
        return List.of(
                certificate("that is self-signed", ServerIdentity.SELF_SIGNED),
                certificate("of another host", ServerIdentity.WRONG_HOST),
                certificate("that is expired", ServerIdentity.EXPIRED),
                handshake("T03", "speaks HTTP without TLS",
                        readsALittle.then(Answers.bytes("HTTP/1.1 400 Bad Request\r\n\r\n")).then(Answers.silence()),
                        notRetryable(BACKEND_UNAVAILABLE)),
                Fault.of("T03", "speaks TLS to a client that does not",
                                FaultyServer.onConnection((connection, call) -> connection.secure(server)))
                        .forAll(notRetryable(MALFORMED_RESPONSE)),
                handshake("T04", "resets during the handshake", readsALittle.then(Answers.reset()),
                        repeated(CONNECTION_LOST)),
                handshake("T04", "closes during the handshake", readsALittle, repeated(CONNECTION_LOST)),
                Fault.of("S01", "ends after the first line, without a TLS close_notify", FaultyServer.overTls(server,
                                FaultyServer.lastAnswer(Answers.firstLineThen(Answers.nothing()))))
                        .overTls(client)
                        .streaming(fails(TRUNCATED_RESPONSE).after("Hel")),
                Fault.of("S02", "resets after the first line", FaultyServer.overTls(server,
                                FaultyServer.lastAnswer(Answers.firstLineThen(Answers.reset()))))
                        .overTls(client)
                        .streaming(fails(CONNECTION_LOST).after("Hel")),
                // Last, because the first handshake of a JVM takes long.
                handshake("T01", "never finishes the handshake", Answers.silence(), repeated(TIMEOUT).in(CallPhase.TLS))
                        .beyond("paddock.timeouts.tls"));
    }

    /** Over TLS the JDK's client tells a reset from an early end no more. */
    @Override
    boolean isDecidedByTransport(String id) {
        return super.isDecidedByTransport(id) || (transport.equals("jdk") && id.equals("S02"));
    }

    @Override
    List<FaultCase> cases() {
        return super.cases().stream().filter(faultCase -> !mayConnectTwice(faultCase)).toList();
    }

    /** The JDK's client itself connects once more for a GET whose handshake fails, or does not: it races with itself. */
    private boolean mayConnectTwice(FaultCase faultCase) {
        boolean isGet = faultCase.call() == Call.MODELS || faultCase.call() == Call.RUNNING;
        return transport.equals("jdk") && isGet && faultCase.fault().client().tls() != null;
    }

    private Fault handshake(String id, String what, FaultyResponse fault, ExpectedOutcome outcome) {
        return Fault.of(id, what, FaultyServer.insteadOfTls(server, fault)).overTls(client).forAll(outcome);
    }

    private Fault certificate(String what, ServerIdentity identity) {
        FaultyResponse secures = (connection, call) -> connection.secure(identity.serverContext());
        return Fault.of("T02", "has a certificate " + what, FaultyServer.onConnection(secures))
                .overTls(client)
                .forAll(notRetryable(BACKEND_UNAVAILABLE));
    }
}
