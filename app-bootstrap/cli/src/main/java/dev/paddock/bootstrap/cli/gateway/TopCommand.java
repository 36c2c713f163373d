package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.terminal.Terminal.FullScreen;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the dashboard of a running gateway in the terminal. */
@Command(
        name = "top",
        description = "Shows the dashboard of a running gateway in the terminal, every second until Ctrl-C; without a terminal once.")
public final class TopCommand extends CliCommand {

    private static final int ANY_WIDTH = 0; // the screen cuts lines at its margin, whatever size it gets

    @Option(names = "--once", description = "Show it once, on the normal screen.")
    private boolean once;

    @Mixin private final GatewayOptions options = new GatewayOptions();

    private TopView view = TopView.EMPTY;

    @Override
    protected ExitStatus run() {
        return options.run(context(), this::show);
    }

    private ExitStatus show(Session session) {
        GatewayQuery query =
                new GatewayQuery(session, "/paddock/snapshot", answer -> answer.has("connection_pool") && answer.has("requests"));
        if (once || common().json() || !terminal().traits().output()) {
            JsonObject snapshot = query.send();
            if (common().json()) {
                terminal().result(PlainJson.toText(snapshot.fields()));
            } else {
                TopView.EMPTY.with(snapshot).lines(terminal().width()).forEach(terminal()::result);
            }
            return ExitStatus.OK;
        }
        try (FullScreen screen = terminal().fullScreen()) {
            return new GatewayWatch(session, query).run(snapshot -> draw(screen, snapshot), problem -> draw(screen, problem));
        }
    }

    private void draw(FullScreen screen, JsonObject snapshot) {
        view = view.with(snapshot);
        screen.draw(view.lines(ANY_WIDTH));
    }

    private void draw(FullScreen screen, String problem) {
        List<String> lines = new ArrayList<>(List.of(problem, ""));
        lines.addAll(view.lines(ANY_WIDTH));
        screen.draw(lines);
    }
}
