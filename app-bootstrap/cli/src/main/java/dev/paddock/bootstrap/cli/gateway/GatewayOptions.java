package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.config.ApiKey;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.BaseUrl;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that ask a running gateway about itself. */
final class GatewayOptions {

    /** The environment variable of the key, for commands without {@code --api-key}. */
    static final String KEY_VARIABLE = "PADDOCK_GATEWAY_KEY";

    static final String GATEWAY = "--gateway";
    static final String API_KEY = "--api-key";

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

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
            description = "The timeout of each answer: 10s, and 10m for an answer of a model, unless given.")
    private @Nullable Duration timeout;

    /** Returns the timeout of the option, else the usual one. */
    Duration timeout(Duration usualTimeout) {
        Duration limit = timeout == null ? usualTimeout : timeout;
        if (limit.isZero()) {
            throw new UsageException("--timeout must be more than zero");
        }
        return limit;
    }

    /** Runs a command with a session for the gateway, which answers by itself. */
    ExitStatus run(CliContext context, Function<Session, ExitStatus> command) {
        return run(context, USUAL_TIMEOUT, command);
    }

    /** Runs a command with a session for the gateway, whose answers take at most the given time unless the option says otherwise. */
    ExitStatus run(CliContext context, Duration usualTimeout, Function<Session, ExitStatus> command) {
        Duration limit = timeout(usualTimeout);
        // Not the configuration of this process: it is for a model server, whose key must not be sent to the gateway.
        return SessionFactory.ofDefaults().run(overrides(context.environment()), limit, command);
    }

    private Map<String, String> overrides(Map<String, String> environment) {
        Map<String, String> overrides = new LinkedHashMap<>();
        overrides.put("paddock.base-url", String.valueOf(gateway));
        // The state of the gateway is only useful when it is current.
        overrides.put("paddock.retry.max-retries", "0");
        // A gateway that was restarted is seen at the next request.
        overrides.put("paddock.circuit.consecutive-failures", "1000000");
        overrides.put("paddock.circuit.fewest-calls", "1000000");
        String key = apiKey == null ? environment.getOrDefault(KEY_VARIABLE, "") : apiKey;
        if (!key.isEmpty()) {
            overrides.put("paddock.api-key", checked(key));
        }
        return overrides;
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
