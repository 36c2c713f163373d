package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.CommandFailedException;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.domain.error.LlmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the connection pool of a running gateway. */
@Command(
        name = "pool",
        description = "Shows the connection pool of a running gateway: connections in use, the time that calls waited "
                + "for one in the last minute, and more.")
public final class PoolCommand extends CliCommand {

    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(1);

    @Option(names = "--watch", description = "Refresh every second until Ctrl-C.")
    private boolean watch;

    private boolean hasAnswered;

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
        do {
            redraw(query);
        } while (!session.awaitCancellation(REFRESH_INTERVAL));
        return ExitStatus.CANCELLED;
    }

    /** Shows the current answer. A gateway that does not answer may be restarting; once it has answered, it is waited for. */
    private void redraw(GatewayQuery query) {
        try {
            redraw(query.send());
            hasAnswered = true;
        } catch (CommandFailedException failed) {
            if (!hasAnswered || !mayBeRestarting(failed.failure())) {
                throw failed;
            }
            terminal().note("No answer: " + failed.getMessage() + "; trying again.");
        }
    }

    private static boolean mayBeRestarting(@Nullable LlmException failure) {
        return failure != null && switch (failure.kind()) {
            case BACKEND_UNAVAILABLE, CONNECTION_LOST, TRUNCATED_RESPONSE, TIMEOUT, SERVER_BUSY, SERVER_FAILED -> true;
            default -> false;
        };
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
