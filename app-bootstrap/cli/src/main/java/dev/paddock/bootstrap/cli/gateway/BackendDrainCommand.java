package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.domain.exchange.Cancellation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Keeps further calls from a model server behind a gateway, and waits for the end of those in progress. */
@Command(
        name = "drain",
        description = "Keeps further calls from a model server, and waits until those in progress have ended. The gateway needs --admin.")
public final class BackendDrainCommand extends CliCommand {

    private static final Duration INTERVAL = Duration.ofMillis(250);

    @Parameters(paramLabel = "ID", description = "The id of the server, as 'paddock backends' shows it.")
    private String id = "";

    @Mixin
    private final GatewayOptions options = new GatewayOptions();

    @Override
    protected ExitStatus run() {
        return options.run(context(), this::drain);
    }

    private ExitStatus drain(Session session) {
        JsonObject answer = BackendDrain.send(session, BackendsCommand.PATH + "/drain", id);
        Long left = BackendDrain.callsInProgress(session, id);
        while (left != null && left > 0) {
            terminal().note(left + (left == 1 ? " call is" : " calls are") + " in progress at " + id + ".");
            if (isStopped(session.cancellation())) {
                return ExitStatus.CANCELLED;
            }
            left = BackendDrain.callsInProgress(session, id);
        }
        terminal().result(common().json() ? PlainJson.toText(answer.fields()) : id + " is drained");
        return ExitStatus.OK;
    }

    /** Waits for the next look; returns whether the command was cancelled instead. */
    private static boolean isStopped(Cancellation cancellation) {
        CompletableFuture<Boolean> stopped = new CompletableFuture<>();
        Cancellation.Registration registration = cancellation.onCancel(() -> stopped.complete(true));
        try {
            return stopped.completeOnTimeout(false, INTERVAL.toMillis(), TimeUnit.MILLISECONDS).join();
        } finally {
            registration.close();
        }
    }
}
