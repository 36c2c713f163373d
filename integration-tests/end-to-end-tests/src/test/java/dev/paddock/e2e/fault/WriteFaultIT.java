package dev.paddock.e2e.fault;

import static dev.paddock.domain.error.ErrorKind.AUTHENTICATION;
import static dev.paddock.domain.error.ErrorKind.CONNECTION_LOST;
import static dev.paddock.domain.error.ErrorKind.INVALID_REQUEST;
import static dev.paddock.domain.error.ErrorKind.TIMEOUT;
import static dev.paddock.e2e.fault.Call.Caller.EMBEDDING;
import static dev.paddock.e2e.fault.Call.Caller.GENERATING_WHOLE;
import static dev.paddock.e2e.fault.Call.Caller.STREAMING;
import static dev.paddock.e2e.fault.ExpectedOutcome.fails;
import static dev.paddock.e2e.fault.ExpectedOutcome.repeated;

import dev.paddock.domain.exchange.CallPhase;
import java.util.List;

/** Faults while a request is being sent that does not fit into the buffers between client and server. */
class WriteFaultIT extends FaultTable {

    private static final int LONG = 12_000_000;

    @Override
    List<Fault> faults() {
        FaultyResponse breaks = (connection, call) -> {
            connection.skip(1000);
            connection.reset();
        };
        return List.of(
                withBody("W01", "resets after 1 kB of the request", breaks, repeated(CONNECTION_LOST)),
                withBody("W01", "resets after 1 kB of a billed request", breaks, repeated(CONNECTION_LOST))
                        .with("paddock.retry.generations", "never"),
                withBody("W02", "answers 413 before it has received the request", early("413 Content Too Large"),
                        fails(INVALID_REQUEST)),
                withBody("W02", "answers 401 before it has received the request", early("401 Unauthorized"),
                        fails(AUTHENTICATION)),
                withBody("W03", "never reads", FaultyServer.neverReading(), repeated(TIMEOUT).in(CallPhase.SEND))
                        .beyond("paddock.timeouts.send"));
    }

    private static Fault withBody(String id, String what, FaultyResponse fault, ExpectedOutcome outcome) {
        return withBody(id, what, FaultyServer.insteadOfReading(fault), outcome);
    }

    private static Fault withBody(String id, String what, FaultyServer serverSide, ExpectedOutcome outcome) {
        return Fault.of(id, what, serverSide)
                .withText(LONG)
                .expect(outcome, EMBEDDING, GENERATING_WHOLE, STREAMING);
    }

    /** Reads no more before the call has ended: the client must see the answer although it cannot send all of its request. */
    private static FaultyServer early(String status) {
        return scene -> connection -> {
            if (connection.awaitRequest() && scene.harmsNextAttempt()) {
                connection.skip(1000);
                Answers.status(status, "", "no").play(connection, scene.call());
                scene.awaitEndOfCall();
                connection.awaitDisconnect();
            }
        };
    }
}
