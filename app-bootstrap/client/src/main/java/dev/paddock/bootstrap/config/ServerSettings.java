package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.BaseUrl;
import org.jspecify.annotations.Nullable;

/**
 * The server, and how it is addressed. Immutable.
 *
 * @param baseUrl the base URL of its API
 * @param apiKey the API key, or null for none
 * @param dialect the API of the server
 */
public record ServerSettings(BaseUrl baseUrl, @Nullable ApiKey apiKey, DialectName dialect) {

    public ServerSettings {
        requireNonNull(baseUrl, "baseUrl");
        requireNonNull(dialect, "dialect");
    }

    /** Returns these settings with the given base URL. */
    public ServerSettings withBaseUrl(BaseUrl newBaseUrl) {
        return new ServerSettings(newBaseUrl, apiKey, dialect);
    }

    /** Returns these settings with the given key, null for none. */
    public ServerSettings withApiKey(@Nullable ApiKey newApiKey) {
        return new ServerSettings(baseUrl, newApiKey, dialect);
    }

    /** Returns these settings with the given dialect. */
    public ServerSettings withDialect(DialectName newDialect) {
        return new ServerSettings(baseUrl, apiKey, newDialect);
    }
}
