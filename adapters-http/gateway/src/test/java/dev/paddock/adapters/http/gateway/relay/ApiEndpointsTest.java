package dev.paddock.adapters.http.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiEndpointsTest {

    private final ApiEndpoints routes = new ApiEndpoints();

    @ParameterizedTest
    @CsvSource({
        "GET, /, VERSION, NATIVE, false",
        "HEAD, /api/version, VERSION, NATIVE, false",
        "HEAD, /api/tags, LIST_MODELS, NATIVE, false",
        "GET, /api/ps, RUNNING_MODELS, NATIVE, false",
        "POST, /api/show, SHOW_MODEL, NATIVE, false",
        "POST, /api/generate, GENERATE, NATIVE, false",
        "POST, /api/chat, CHAT, NATIVE, false",
        "POST, /api/embed, EMBED, NATIVE, false",
        "POST, /api/embeddings, EMBED, NATIVE, false",
        "POST, /v1/chat/completions, CHAT, OPENAI, false",
        "POST, /v1/responses, CHAT, OPENAI, false",
        "POST, /v1/completions, GENERATE, OPENAI, false",
        "POST, /v1/embeddings, EMBED, OPENAI, false",
        "GET, /v1/models, LIST_MODELS, OPENAI, false",
        "GET, /v1/models/llama3:latest, SHOW_MODEL, OPENAI, false",
        "POST, /v1/messages, CHAT, ANTHROPIC, false",
        "POST, /v1/messages/count_tokens, OTHER, ANTHROPIC, false",
        "POST, /v1/audio/transcriptions, OTHER, OPENAI, false",
        "POST, /api/pull, PULL_MODEL, NATIVE, true",
        "POST, /api/push, PUSH_MODEL, NATIVE, true",
        "POST, /api/create, CREATE_MODEL, NATIVE, true",
        "POST, /api/copy, COPY_MODEL, NATIVE, true",
        "DELETE, /api/delete, DELETE_MODEL, NATIVE, true",
        "POST, /api/blobs/sha256:00, TRANSFER_BLOB, NATIVE, true",
        "HEAD, /api/blobs/sha256:00, TRANSFER_BLOB, NATIVE, true",
    })
    void find_knownRequest_isKnown(String method, String path, Operation operation, Protocol protocol, boolean admin) {
        assertThat(routes.find(method, path)).isEqualTo(new ApiEndpoint(operation, protocol, admin));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/chat, false",
        "GET, /api/unheard-of, false",
        "OPTIONS, /api/pull, false",
        "POST, /v1/unheard-of, false",
        "PATCH, /v1/unheard-of, false",
        "POST, /unheard-of, false",
        "POST, /api/chat/, false",
        "POST, /api/experimental/web_search, false",
        "POST, /api/unheard-of, false",
        "PUT, /api/unheard-of, false",
        "POST, /api/pulling, false",
        "PUT, /v1/unheard-of/, false",
        "POST, /api/pull/, true",
        "POST, /API/pull, true",
        "POST, /api/%70ull, true",
        "POST, /%61pi/pull, true",
        "POST, //api/pull, true",
        "POST, /v1/../api/pull, true",
        "POST, /./api/pull, true",
        "POST, '/v1\\..\\api/pull', true",
        "POST, /v1/x;/api/pull, true",
        "POST, /api/signout, true",
        "POST, /api/me, true",
        "DELETE, /api/user/keys/abc, true",
        "POST, /api/user/keys, true",
        "DELETE, /api/unheard-of, true",
        "DELETE, /API/unheard-of, true",
        "POST, /api/delete, true",
        "PUT, /api/pull, true",
        "POST, /api/pull/x, true",
        "POST, /api/blobs, true",
        "POST, /api/Blobs/sha256:00, true",
        "POST, /V1/load_lora_adapter, true",
        "POST, /slots/0, true",
        "POST, /props, true",
        "GET, /props, false",
        "POST, /models/load, true",
        "POST, /sleep, true",
        "DELETE, /v1/models/llama3, true",
        "POST, /v1/load_lora_adapter, true",
    })
    void find_unknownRequest_isAdministrativeIfItMayChangeTheServer(String method, String path, boolean admin) {
        assertThat(routes.find(method, path).operation()).isEqualTo(Operation.OTHER);
        assertThat(routes.find(method, path).administrative()).isEqualTo(admin);
    }

    @Test
    void find_thousandsOfSegments_isAnswered() {
        assertThat(routes.find("POST", "/a".repeat(100_000)).administrative()).isFalse();
        assertThat(routes.find("POST", "/api/pull" + "/a".repeat(100_000)).administrative()).isTrue();
    }
}
