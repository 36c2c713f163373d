package dev.paddock.bootstrap.cli;

import dev.paddock.bootstrap.config.ApiKey;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.BaseUrl;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that asks a running gateway. */
final class GatewayOptions {

    /** The variable that holds the key for commands without {@code --api-key}. */
    static final String KEY_VARIABLE = "PADDOCK_GATEWAY_KEY";

    static final String GATEWAY = "--gateway";
    static final String API_KEY = "--api-key";

    @Option(
            names = GATEWAY,
            paramLabel = "URL",
            converter = BaseUrlConverter.class,
            defaultValue = "http://127.0.0.1:11435",
            description = "The gateway: ${DEFAULT-VALUE}.")
    private @Nullable BaseUrl gateway;

    @Option(
            names = API_KEY,
            paramLabel = "KEY",
            description = "The key that the gateway asks for; the variable " + KEY_VARIABLE
                    + " holds it out of sight of other users of this machine.")
    private @Nullable String apiKey;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "10s",
            description = "The longest that one answer may take: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ZERO;

    /** Returns the settings by which the gateway is reached, by key of the configuration. */
    Map<String, String> overrides(Map<String, String> environment) {
        Map<String, String> overrides = new LinkedHashMap<>();
        overrides.put("paddock.base-url", String.valueOf(gateway));
        // Who looks wants to know how it is now.
        overrides.put("paddock.retry.max-retries", "0");
        String key = apiKey == null ? environment.getOrDefault(KEY_VARIABLE, "") : apiKey;
        if (!key.isEmpty()) {
            overrides.put("paddock.api-key", checked(key));
        }
        return overrides;
    }

    /** Returns how long each answer may take. */
    Duration timeout() {
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
                    API_KEY + " or " + KEY_VARIABLE + " is not usable: " + invalid.getMessage());
        }
    }
}
