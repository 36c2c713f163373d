package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the model servers behind a running gateway. */
@Command(
        name = "backends",
        subcommands = {BackendDrainCommand.class, BackendCordonCommand.class, BackendUndrainCommand.class},
        description = "Shows the model servers behind a running gateway: whether they get calls, the calls in progress, and their models.")
public final class BackendsCommand extends CliCommand {

    static final String PATH = "/api/backends";

    @Mixin
    private final GatewayOptions options = new GatewayOptions();

    @Override
    protected ExitStatus run() {
        return options.run(context(), this::show);
    }

    static GatewayQuery query(Session session) {
        return new GatewayQuery(session, PATH, answer -> answer.has("backends"));
    }

    private ExitStatus show(Session session) {
        JsonObject answer = query(session).send();
        if (common().json()) {
            terminal().result(PlainJson.toText(answer.fields()));
        } else {
            BackendTable.lines(answer, terminal().width()).forEach(terminal()::result);
        }
        return ExitStatus.OK;
    }
}
