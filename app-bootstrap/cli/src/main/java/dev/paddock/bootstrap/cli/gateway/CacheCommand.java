package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.evaluation.CacheEvaluateCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the cache of answers of a running gateway. */
@Command(
        name = "cache",
        subcommands = CacheEvaluateCommand.class,
        description = "Shows the cache of answers of a running gateway: hits, misses, requests that it does not serve by reason, its memory, "
                + "and what it has saved.")
public final class CacheCommand extends CliCommand {

    private static final String CACHE = "generation_cache";

    @Mixin
    private final GatewayOptions options = new GatewayOptions();

    @Override
    protected ExitStatus run() {
        return options.run(context(), this::show);
    }

    private ExitStatus show(Session session) {
        JsonObject answer = new GatewayQuery(session, "/api/cache-stats", fields -> fields.object(CACHE).has("enabled")).send();
        if (common().json()) {
            terminal().result(PlainJson.toText(answer.fields()));
        } else {
            CacheSummary.lines(answer.object(CACHE)).forEach(terminal()::result);
            SemanticCacheSummary.lines(answer.object("semantic_cache")).forEach(terminal()::result);
        }
        return ExitStatus.OK;
    }
}
