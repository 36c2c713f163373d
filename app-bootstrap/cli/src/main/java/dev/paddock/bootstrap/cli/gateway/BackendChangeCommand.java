package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.Session;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that keeps calls from a model server behind a gateway, or lets them pass again. */
abstract class BackendChangeCommand extends CliCommand {

    private final String change;
    private final String result;

    @Parameters(paramLabel = "ID", description = "The id of the server, as 'paddock backends' shows it.")
    private String id = "";

    @Mixin
    private final GatewayOptions options = new GatewayOptions();

    /**
     * Creates the command.
     *
     * @param change the last part of the path of the request
     * @param result what is said of the server at the end
     */
    BackendChangeCommand(String change, String result) {
        this.change = change;
        this.result = result;
    }

    /** Waits until the change has its whole effect; returns false when the command was cancelled before. Returns at once by default. */
    boolean awaitEffect(Session session, String backend) {
        return true;
    }

    @Override
    protected final ExitStatus run() {
        return options.run(context(), this::change);
    }

    private ExitStatus change(Session session) {
        JsonObject answer = new GatewayQuery(session, BackendsCommand.PATH + "/" + change, backend -> backend.has("state"))
                .post(Map.of("id", id));
        if (!awaitEffect(session, id)) {
            return ExitStatus.CANCELLED;
        }
        terminal().result(common().json() ? PlainJson.toText(answer.fields()) : id + " " + result);
        return ExitStatus.OK;
    }
}
