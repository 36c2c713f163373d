package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.config.ApiKey;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the connection pool of a running gateway. */
@Command(
        name = "pool",
        description = "Shows the connection pool of a running gateway: connections in use, the time that calls waited "
                + "for one in the last minute, and more.")
public final class PoolCommand extends CliCommand {

    /** The environment variable of the key, for commands without {@code --api-key}. */
    static final String KEY_VARIABLE = "PADDOCK_GATEWAY_KEY";

    static final String GATEWAY = "--gateway";
    static final String API_KEY = "--api-key";

    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(1);

    @Option(names = "--watch", description = "Refresh every second until Ctrl-C.")
    private boolean watch;

    @Option(
            names = GATEWAY,
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:11435",
            description = "The gateway: ${DEFAULT-VALUE}.")
    private @Nullable BaseUrl gateway;

    @Option(
            names = API_KEY,
            paramLabel = "KEY",
            description = "The key of the gateway. The variable " + KEY_VARIABLE
                    + " does not show it to other users of this machine.")
    private @Nullable String apiKey;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "10s",
            description = "The timeout of each answer: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ZERO;

    @Override
    protected ExitStatus run() {
        // Not the configuration of this process: it is for a model server, whose key must not be sent to the gateway.
        return SessionFactory.ofDefaults()
                .run(overrides(context().environment()), timeout(), this::show);
    }

    private ExitStatus show(Session session) {
        PoolQuery query = new PoolQuery(session);
        if (!watch) {
            print(query.send());
            return ExitStatus.OK;
        }
        do {
            redraw(query.send());
        } while (!isStopped(session.cancellation()));
        return ExitStatus.CANCELLED;
    }

    /** Waits for the next refresh; returns whether the command was cancelled instead. */
    private static boolean isStopped(Cancellation cancellation) {
        CompletableFuture<Boolean> stopped = new CompletableFuture<>();
        Cancellation.Registration registration = cancellation.onCancel(() -> stopped.complete(true));
        try {
            return stopped.completeOnTimeout(false, REFRESH_INTERVAL.toMillis(), TimeUnit.MILLISECONDS).join();
        } finally {
            registration.close();
        }
    }

    private void redraw(JsonObject answer) {
        if (common().json()) {
            print(answer);
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.valueOf(answer.text("timestamp")));
        lines.addAll(PoolTable.lines(answer));
        terminal().screen(lines);
    }

    private void print(JsonObject answer) {
        if (common().json()) {
            terminal().result(PlainJson.toText(answer.fields()));
            return;
        }
        PoolTable.lines(answer).forEach(terminal()::result);
    }

    private Map<String, String> overrides(Map<String, String> environment) {
        Map<String, String> overrides = new LinkedHashMap<>();
        overrides.put("paddock.base-url", String.valueOf(gateway));
        // The state of the gateway is only useful when it is current.
        overrides.put("paddock.retry.max-retries", "0");
        String key = apiKey == null ? environment.getOrDefault(KEY_VARIABLE, "") : apiKey;
        if (!key.isEmpty()) {
            overrides.put("paddock.api-key", checked(key));
        }
        return overrides;
    }

    private Duration timeout() {
        if (timeout.isZero()) {
            throw new UsageException("--timeout must be more than zero");
        }
        return timeout;
    }

    private static String checked(String key) {
        try {
            return new ApiKey(key).value();
        } catch (InvalidRequestException invalid) {
            throw new UsageException(
                    API_KEY + " or " + KEY_VARIABLE + " is invalid: " + invalid.getMessage());
        }
    }
}
