package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Keeps further calls from a model server behind a gateway. */
@Command(name = "cordon", description = "Keeps further calls from a model server, and returns at once. The gateway needs --admin.")
public final class BackendCordonCommand extends CliCommand {

    @Parameters(paramLabel = "ID", description = "The id of the server, as 'paddock backends' shows it.")
    private String id = "";

    @Mixin
    private final GatewayOptions options = new GatewayOptions();

    @Override
    protected ExitStatus run() {
        return options.run(context(), this::change);
    }

    private ExitStatus change(Session session) {
        JsonObject answer = BackendDrain.send(session, BackendsCommand.PATH + "/drain", id);
        terminal().result(common().json() ? PlainJson.toText(answer.fields()) : id + " is cordoned");
        return ExitStatus.OK;
    }
}
