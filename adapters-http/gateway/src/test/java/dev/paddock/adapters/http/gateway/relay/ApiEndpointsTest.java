package dev.paddock.adapters.http.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        "POST, /v1/unheard-of, true",
        "PATCH, /v1/unheard-of, true",
        "POST, /unheard-of, true",
        "POST, /api/chat/, false",
        "POST, /api/experimental/web_search, true",
        "POST, /api/unheard-of, true",
        "PUT, /api/unheard-of, true",
        "POST, /api/pulling, true",
        "PUT, /v1/unheard-of/, true",
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
        "POST, /models, true",
        "DELETE, /models, true",
        "POST, /tools, true",
        "GET, /tools, false",
        "POST, /cors-proxy, true",
        "GET, /cors-proxy, true",
        "HEAD, /CORS-proxy/x, true",
        "GET, /%63ors-proxy, true",
        "GET, /cors-proxy;a=b, true",
        "GET, /x%2F..%2Fcors-proxy, false",
        "GET, /cors-proxy-list, false",
        "GET, /flush_cache, true",
        "GET, /flush_cache/, true",
        "GET, /unload, true",
        "POST, /pause, true",
        "POST, /update_weights, true",
        "POST, /v1/rerank, false",
        "POST, /v1/rerank/, false",
        "POST, /rerank, false",
        "PUT, /v1/rerank, true",
        "PATCH, /v1/chat/completions, true",
        "DELETE, /v1/responses/resp_1, true",
        "POST, /v1/responses/resp_1/cancel, true",
        "GET, /v1/responses/resp_1, false",
        "POST, /V1/rerank, true",
        "POST, /v1/rerank;x, true",
        "POST, /v1/%72erank, true",
        "POST, /tokenize, false",
        "POST, /completion, false",
        "POST, /infill, false",
        "POST, /v1/images/generations, false",
        "POST, /v1/audio/speech, false",
        "POST, /api/v0/chat/completions, false",
        "BREW, /v1/chat/completions, true",
    })
    void find_unknownRequest_isAdministrativeUnlessItIsOpen(String method, String path, boolean admin) {
        assertThat(routes.find(method, path).operation()).isEqualTo(Operation.OTHER);
        assertThat(routes.find(method, path).administrative()).isEqualTo(admin);
    }

    @Test
    void find_thousandsOfSegments_isAnswered() {
        assertThat(routes.find("GET", "/a".repeat(100_000)).administrative()).isFalse();
        assertThat(routes.find("GET", "/%61;".repeat(100_000)).administrative()).isFalse();
        assertThat(routes.find("POST", "/api/pull" + "/a".repeat(100_000)).administrative()).isTrue();
    }

    @Test
    void openPaths_everyOne_isDocumented() throws IOException {
        String document = Files.readString(Path.of("..", "..", "docs", "gateway.md"));

        assertThat(OpenPaths.documented()).hasSizeGreaterThan(50).allSatisfy(path -> assertThat(document).contains("`" + path + "`"));
    }
}
