package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.bootstrap.cli.command.Session;
import java.time.Duration;
import picocli.CommandLine.Command;

/** Keeps further calls from a model server behind a gateway, and waits for the end of those in progress. */
@Command(
        name = "drain",
        description = "Keeps further calls from a model server, and waits until those in progress have ended. The gateway needs --admin.")
public final class BackendDrainCommand extends BackendChangeCommand {

    private static final Duration INTERVAL = Duration.ofMillis(250);

    /** Creates the command. */
    public BackendDrainCommand() {
        super("drain", "is drained");
    }

    @Override
    boolean awaitEffect(Session session, String backend) {
        for (long left = callsInProgress(session, backend); left > 0; left = callsInProgress(session, backend)) {
            terminal().note(left + (left == 1 ? " call is" : " calls are") + " in progress at " + backend + ".");
            if (session.awaitCancellation(INTERVAL)) {
                return false;
            }
        }
        return true;
    }

    /** Returns 0 when the gateway does not list the server any more. */
    private static long callsInProgress(Session session, String id) {
        return BackendsCommand.query(session).send().objects("backends").stream()
                .filter(backend -> id.equals(backend.text("id")))
                .map(backend -> backend.number("in_flight"))
                .mapToLong(number -> number == null ? 0 : number.longValue())
                .findFirst()
                .orElse(0);
    }
}
