package dev.paddock.bootstrap.cli;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.exchange.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the pool of a running gateway. */
@Command(
        name = "pool",
        description = "Shows the pool of connections of a running gateway: how many are in use, how long calls waited "
                + "for one in the last minute, and more.")
final class PoolCommand implements Callable<Integer> {

    private static final Duration REDRAWN_EVERY = Duration.ofSeconds(1);

    @Option(names = "--watch", description = "Show it anew every second until Ctrl-C.")
    private boolean watch;

    @Mixin private final GatewayOptions gateway = new GatewayOptions();
    @Mixin private final CommonOptions common = new CommonOptions();

    private final CliContext context;

    PoolCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        // The settings of this process are about a model server, whose key is not for the gateway.
        SessionRunner runner = new SessionRunner(PaddockSessions.ofDefaults());
        return runner.run(gateway.overrides(context.environment()), gateway.timeout(), this::show).code();
    }

    private ExitStatus show(ActiveSession session) {
        PoolQuery query = new PoolQuery(session);
        if (!watch) {
            print(query.ask());
            return ExitStatus.OK;
        }
        do {
            redraw(query.ask());
        } while (!isStopped(session.cancellation()));
        return ExitStatus.CANCELLED;
    }

    /** Waits until it is time for the next look; tells whether there is to be none. */
    private static boolean isStopped(Cancellation cancellation) {
        CompletableFuture<Boolean> stopped = new CompletableFuture<>();
        Cancellation.Registration registration = cancellation.onCancel(() -> stopped.complete(true));
        try {
            return stopped.completeOnTimeout(false, REDRAWN_EVERY.toMillis(), TimeUnit.MILLISECONDS).join();
        } finally {
            registration.close();
        }
    }

    private void redraw(JsonObject answer) {
        if (common.json()) {
            print(answer);
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.valueOf(answer.text("timestamp")));
        lines.addAll(PoolTable.lines(answer));
        context.terminal().screen(lines);
    }

    private void print(JsonObject answer) {
        Terminal terminal = context.terminal();
        if (common.json()) {
            terminal.result(PlainJson.toText(answer.fields()));
            return;
        }
        PoolTable.lines(answer).forEach(terminal::result);
    }
}
