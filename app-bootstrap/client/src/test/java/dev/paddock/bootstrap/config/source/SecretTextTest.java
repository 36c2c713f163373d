package dev.paddock.bootstrap.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"redis://u:a@h", "redis://u:a/b@h", "redis://u:a'b@h", "redis://u:a\"b@h", "redis://u:a@b@h", "redis://:a//b@h"})
    void shown_credentialsInAUrl_areHidden(String url) {
        assertThat(SecretText.shown("paddock.shared-state.url", url)).isEqualTo("redis://(hidden)@h");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "paddock.api-key", "paddock.gateway.access.key-hashes", "paddock.gateway.tls.password", "paddock.shared-state.password",
        "paddock.otlp.headers", "paddock.apiKey", "paddock.backends[0].api_key", "PADDOCK_SHAREDSTATE_PASSWORD", "OLLAMA_API_KEY"
    })
    void shown_secretKey_isHidden(String key) {
        assertThat(SecretText.shown(key, "x-api-key=hunter2")).isEqualTo("(hidden)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://h:1/2", "http://a/b", "a@b", "//", ""})
    void shown_valueWithoutCredentials_isWhole(String value) {
        assertThat(SecretText.shown("paddock.shared-state.url", value)).isEqualTo(value);
    }
}
