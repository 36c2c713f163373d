package dev.paddock.adapters.http.wire.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingInputTest {

    private static final CallContext CALL = CallContext.create();

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"model\":\"m\",\"input\":[]}", "{\"model\":\"m\"}", "{\"model\":\"m\",\"input\":[1,2]}", "{\"model\":\"m\",\"input\":[[\"a\"]]}",
        "{\"model\":\"m\",\"input\":[\"a\",null]}", "{\"model\":\"m\",\"input\":{\"a\":1}}", "{\"model\":7,\"input\":[\"a\"]}", "{\"input\":[\"a\"]}",
        "{\"model\":\"m\",\"input\":\"a\",\"input\":\"b\"}", "not json"
    })
    void of_requestWithoutTexts_isNull(String body) {
        assertThat(EmbeddingInput.of(request("/api/embed", body))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/embeddings", "/api/embed/", "/v1/embeddings/x", "/api/chat"})
    void of_otherEndpoint_isNull(String target) {
        assertThat(EmbeddingInput.of(request(target, "{\"model\":\"m\",\"input\":[\"a\"]}"))).isNull();
    }

    @Test
    void withTexts_otherTexts_keepsAllElse() {
        String body = "{\"keep_alive\":\"5m\",\"model\":\"m\",\"options\":{\"b\":1e2,\"a\":[null,true]},\"input\":\"x\",\"unknown\":{\"é\":\"\\ud83d\\ude00\"}}";
        ExchangeRequest made = input("/api/embed?a=b", body).withTexts(List.of("p\"", ""));

        assertThat(made.target()).isEqualTo("/api/embed?a=b");
        assertThat(made.model()).isEqualTo("m");
        EmbeddingInput read = requireNonNull(EmbeddingInput.of(made));
        assertThat(read.texts()).containsExactly("p\"", "");
        assertThat(read.requestFingerprint(CALL)).isEqualTo(input("/api/embed?a=b", body).requestFingerprint(CALL));
    }

    @Test
    void requestFingerprint_anyOtherField_isAnother() {
        List<String> bodies = List.of(
                "{\"model\":\"m\",\"input\":[\"a\"]}", "{\"model\":\"n\",\"input\":[\"a\"]}", "{\"model\":\"m\",\"dimensions\":2,\"input\":[\"a\"]}",
                "{\"model\":\"m\",\"truncate\":false,\"input\":[\"a\"]}", "{\"model\":\"m\",\"user\":\"u\",\"input\":[\"a\"]}",
                "{\"model\":\"m\",\"keep_alive\":5,\"input\":[\"a\"]}", "{\"model\":\"m\",\"options\":{\"num_ctx\":1},\"input\":[\"a\"]}",
                "{\"model\":\"m\",\"encoding_format\":\"base64\",\"input\":[\"a\"]}", "{\"model\":\"m\",\"unknown\":1,\"input\":[\"a\"]}");

        assertThat(bodies.stream().map(body -> input("/api/embed", body).requestFingerprint(CALL)).distinct()).hasSize(bodies.size());
        assertThat(bodies.stream().map(body -> input("/api/embed", body).vectorFingerprint(CALL)).distinct()).hasSize(bodies.size() - 2);
    }

    @Test
    void fingerprints_textsAndFieldsOfOneCall_doNotCount() {
        EmbeddingInput first = input("/api/embed", "{\"model\":\"m\",\"dimensions\":10,\"input\":[\"a\"]}");
        ExchangeRequest other = request("/api/embed", "{\"dimensions\":1e1,\"input\":\"b\",\"model\":\"m\"}")
                .withHeaders(Headers.of("X-Request-Id", "7").with("traceparent", "00-1").with("X-Stainless-OS", "x"));

        assertThat(requireNonNull(EmbeddingInput.of(other)).requestFingerprint(CALL)).isEqualTo(first.requestFingerprint(CALL));
    }

    @Test
    void fingerprints_credentialsAndUnknownHeaders_separate() {
        String body = "{\"model\":\"m\",\"input\":[\"a\"]}";
        ExchangeRequest plain = request("/api/embed", body);
        CallContext withExtra = CALL.with(CallAttributes.EXTRA_HEADERS, Headers.of("Authorization", "Bearer b"));

        assertThat(List.of(
                        of(plain).requestFingerprint(CALL),
                        of(plain.withHeaders(Headers.of("Authorization", "Bearer a"))).requestFingerprint(CALL),
                        of(plain.withHeaders(Headers.of("X-Team", "a"))).requestFingerprint(CALL),
                        of(plain).requestFingerprint(withExtra)))
                .doesNotHaveDuplicates();
    }

    @Test
    void withTexts_headersOfTheCall_areLeftOutButVia() {
        ExchangeRequest request = request("/api/embed", "{\"model\":\"m\",\"input\":[\"a\"]}")
                .withHeaders(Headers.of("X-Request-Id", "7").with("X-Team", "a").with("Via", "1.1 g").with("Accept-Encoding", "br"));

        Headers headers = of(request).withTexts(List.of("b")).headers();

        assertThat(headers.first("X-Team")).isEqualTo("a");
        assertThat(headers.first("Via")).isEqualTo("1.1 g");
        assertThat(headers.first("Content-Type")).isEqualTo("application/json");
        assertThat(headers.contains("X-Request-Id")).isFalse();
        assertThat(headers.contains("Accept-Encoding")).isFalse();
    }

    private static EmbeddingInput of(ExchangeRequest request) {
        return requireNonNull(EmbeddingInput.of(request));
    }

    private static EmbeddingInput input(String target, String body) {
        return of(request(target, body));
    }

    private static ExchangeRequest request(String target, String body) {
        return ExchangeRequest.post(Operation.EMBED, target, body.getBytes(UTF_8)).withModel("m");
    }
}
