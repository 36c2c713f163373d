package dev.paddock.e2e.fault;

import static dev.paddock.domain.error.ErrorKind.BACKEND_UNAVAILABLE;
import static dev.paddock.domain.error.ErrorKind.CONNECTION_LOST;
import static dev.paddock.domain.error.ErrorKind.TIMEOUT;
import static dev.paddock.e2e.fault.ExpectedOutcome.notRetryable;
import static dev.paddock.e2e.fault.ExpectedOutcome.notSafe;
import static dev.paddock.e2e.fault.ExpectedOutcome.repeated;
import static dev.paddock.e2e.fault.ExpectedOutcome.repeatedOnce;

import dev.paddock.domain.exchange.CallPhase;
import java.util.List;

/** Faults of connections that are being opened, or that are open and do nothing. */
class ConnectFaultIT extends FaultTable {

    @Override
    List<Fault> faults() {
        return List.of(
                Fault.of("C01", "refuses connections", FaultyServer.refusing()).forAll(repeated(BACKEND_UNAVAILABLE)),
                Fault.of("C01", "refuses connections for a billed request", FaultyServer.refusing())
                        .with("paddock.retry.generations", "never")
                        .generating(repeated(BACKEND_UNAVAILABLE)),
                Fault.of("C02", "does not answer connection attempts", FaultyServer.swallowing())
                        .beyond("paddock.timeouts.connect")
                        .forAll(repeated(TIMEOUT).in(CallPhase.CONNECT)),
                Fault.of("D01", "has a name without an address", FaultyServer.unknown()).forAll(notRetryable(BACKEND_UNAVAILABLE)),
                Fault.of("C06", "accepts and resets before it has read anything",
                                FaultyServer.insteadOfReading(Answers.reset()))
                        .forAll(repeated(CONNECTION_LOST)),
                Fault.of("C07", "accepts and closes at once", FaultyServer.onConnection(Answers.nothing()))
                        .forAll(repeated(CONNECTION_LOST)),
                Fault.of("C09", "accepts and never reads", FaultyServer.neverReading())
                        .beyond("paddock.timeouts.read")
                        .reading(repeated(TIMEOUT).in(CallPhase.HEAD))
                        .embedding(repeatedOnce(TIMEOUT).in(CallPhase.HEAD))
                        .generating(notSafe(TIMEOUT).in(CallPhase.HEAD)));
    }
}
