package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.Session;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the connection pool of a running gateway. */
@Command(
        name = "pool",
        description = "Shows the connection pool of a running gateway: connections in use, the time that calls waited "
                + "for one in the last minute, and more.")
public final class PoolCommand extends CliCommand {

    @Option(names = "--watch", description = "Refresh every second until Ctrl-C.")
    private boolean watch;

    @Mixin
    private final GatewayOptions options = new GatewayOptions();

    @Override
    protected ExitStatus run() {
        return options.run(context(), this::show);
    }

    private ExitStatus show(Session session) {
        GatewayQuery query = new GatewayQuery(
                session, "/api/connection-pool/metrics", answer -> answer.object("connection_pool").has("backends"));
        if (!watch) {
            print(query.send());
            return ExitStatus.OK;
        }
        return new GatewayWatch(session, query).run(this::redraw, terminal()::note);
    }

    private void redraw(JsonObject answer) {
        if (common().json()) {
            print(answer);
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.valueOf(answer.text("timestamp")));
        lines.addAll(PoolTable.lines(answer, terminal().width()));
        terminal().screen(lines);
    }

    private void print(JsonObject answer) {
        if (common().json()) {
            terminal().result(PlainJson.toText(answer.fields()));
            return;
        }
        PoolTable.lines(answer, terminal().width()).forEach(terminal()::result);
    }
}
