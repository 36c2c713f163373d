package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.BaseUrl;
import org.jspecify.annotations.Nullable;

/**
 * The server, and how it is addressed. Immutable.
 *
 * @param baseUrl the base URL of its API; in the OpenAI dialect a {@code /v1} at its end, which the paths of that API have too, is dropped
 * @param apiKey the API key, or null for none
 * @param dialect the API of the server
 */
public record ServerSettings(BaseUrl baseUrl, @Nullable ApiKey apiKey, DialectName dialect) {

    private static final String VERSION = "/v1";

    public ServerSettings {
        requireNonNull(dialect, "dialect");
        if (dialect == DialectName.OPENAI && baseUrl.path().endsWith(VERSION)) {
            String path = baseUrl.path();
            baseUrl = new BaseUrl(baseUrl.endpoint(), path.substring(0, path.length() - VERSION.length()));
        }
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
