package dev.paddock.e2e.fault;

import static dev.paddock.domain.error.ErrorKind.CONNECTION_LOST;
import static dev.paddock.e2e.fault.ExpectedOutcome.notSafe;
import static dev.paddock.e2e.fault.ExpectedOutcome.replayed;
import static dev.paddock.e2e.fault.ExpectedOutcome.succeeds;

import java.time.Duration;
import java.util.List;

/** Faults of connections that have served a call and wait for the next one. */
class ReuseFaultIT extends FaultTable {

    private static final FaultyResponse POISON = Answers.bytes(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"error\":\"poisoned\"}");

    @Override
    List<Fault> faults() {
        return List.of(
                notReused("K01", "closes an idle connection", "", (connection, call) -> connection.shutdownOutput()),
                notReused("K01", "resets an idle connection", "", Answers.reset()),
                reused("K02", "closes at the instant of the request", Answers.nothing()).forAll(replayed()),
                reused("K02", "resets at the instant of the request", Answers.reset()).forAll(replayed()),
                reused("K02", "closes at the instant of a billed request", Answers.nothing())
                        .with("paddock.retry.generations", "never")
                        .reading(replayed())
                        .embedding(replayed())
                        .generating(notSafe(CONNECTION_LOST)),
                reused("K02", "closes at the instant of a request that is only retried then", Answers.nothing())
                        .with("paddock.retry.generations", "stale-connection")
                        .generating(replayed()),
                notReused("K03", "announces to keep connections for one second", "Keep-Alive: timeout=1\r\n",
                        Answers.nothing()),
                notReused("K04", "sends 408 on an idle connection and closes it", "", Answers.bytes(
                                "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .then((connection, call) -> connection.shutdownOutput())),
                notReused("K05", "sends an unasked response", "", POISON),
                notReused("K06", "gets no request for longer than the idle timeout", "",
                                (connection, call) -> connection.pause(Duration.ofMillis(250)))
                        .with("paddock.pool.idle-lifetime", "200ms"),
                notReused("K07", "announces to close the connection, and does not", "Connection: close\r\n",
                        Answers.nothing()),
                Fault.of("B09", "sends more bytes than announced", FaultyServer.onIdleConnection(
                                Answers.version("").then(Answers.bytes("{}")), Answers.nothing()))
                        .forAll(succeeds()));
    }

    private static Fault notReused(String id, String what, String fields, FaultyResponse fault) {
        return Fault.of(id, what, FaultyServer.onIdleConnection(Answers.version(fields), fault)).forAll(succeeds());
    }

    private static Fault reused(String id, String what, FaultyResponse fault) {
        return Fault.of(id, what, FaultyServer.onReusedConnection(fault));
    }
}
