package dev.paddock.adapters.http.answercache.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.embedding.EmbeddingAnswer;
import dev.paddock.adapters.http.wire.embedding.EmbeddingFormat;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.ports.exchange.ExchangePort;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/** Asks for vectors, and reads answers. */
final class EmbeddingTestClient {

    static final String NATIVE = "/api/embed";
    static final String OPENAI = "/v1/embeddings";

    private EmbeddingTestClient() {}

    static CallContext caller(String name) {
        return CallContext.create().with(CallAttributes.CALLER, name);
    }

    static ExchangeRequest request(String target, String... texts) {
        return request(target, PlainJson.object("model", "m", "input", List.of(texts)));
    }

    static ExchangeRequest request(String target, Map<String, ?> fields) {
        return ExchangeRequest.post(Operation.EMBED, target, PlainJson.toText(fields).getBytes(UTF_8)).withModel("m");
    }

    static Answer embed(ExchangePort port, CallContext context, String... texts) {
        return embed(port, context, request(NATIVE, texts));
    }

    static Answer embed(ExchangePort port, CallContext context, ExchangeRequest request) {
        try (Exchange exchange = port.open(request, context)) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (Frame frame = exchange.next(); frame != null; frame = exchange.next()) {
                body.writeBytes(frame.bytes());
            }
            return new Answer(exchange.head(), body.toString(UTF_8), request.target().startsWith("/v1") ? EmbeddingFormat.OPENAI : EmbeddingFormat.NATIVE);
        }
    }

    /** Returns the vector of a text in a request without options and credentials. */
    static String vector(String text) {
        return TextServer.vector(NATIVE, "m", "null", "", text);
    }

    record Answer(ExchangeHead head, String body, EmbeddingFormat format) {

        List<String> vectors() {
            return cut().vectors().stream().map(vector -> new String(vector.json(), UTF_8)).toList();
        }

        Long tokens() {
            return requireNonNull(cut().tokens());
        }

        boolean isEstimated() {
            return "estimated".equals(head.headers().first(EmbeddingExchangePort.USAGE));
        }

        private EmbeddingAnswer cut() {
            return requireNonNull(EmbeddingAnswer.cut(format, body.getBytes(UTF_8)), body);
        }
    }
}
