package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.BaseUrl;
import org.jspecify.annotations.Nullable;

/**
 * Which server is asked, and how it is spoken to. Immutable.
 *
 * @param baseUrl where the API of the server is
 * @param apiKey the key that it asks for, or null when it asks for none
 * @param dialect the API that it speaks
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
