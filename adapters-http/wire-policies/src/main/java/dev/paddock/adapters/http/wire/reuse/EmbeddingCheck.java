package dev.paddock.adapters.http.wire.reuse;

import dev.paddock.adapters.http.wire.EmbedCodec;
import dev.paddock.adapters.http.wire.document.CanonicalJson;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.model.embedding.Embedding;
import java.io.IOException;
import java.util.List;

/** Checks vectors before they are stored. Servers answer now and then with vectors that are none: of zeros, or with numbers that are not finite. */
final class EmbeddingCheck {

    private static final EmbedCodec NATIVE = new OllamaDialect().embed();
    private static final EmbedCodec OPENAI = new OpenAiDialect().embed();

    private EmbeddingCheck() {}

    /** Returns whether a document has one vector for each text of the request, and each of them is one. */
    static boolean isSound(ReuseEndpoint endpoint, ExchangeRequest request, byte[] document) {
        try {
            List<Embedding> vectors = (endpoint.isNative() ? NATIVE : OPENAI).decode(document).embeddings();
            int texts = endpoint.texts(CanonicalJson.readObject(request.body().bytes()));
            return vectors.size() == texts && vectors.stream().allMatch(EmbeddingCheck::isSound);
        } catch (LlmException | IOException malformed) {
            return false;
        }
    }

    private static boolean isSound(Embedding embedding) {
        boolean hasLength = false;
        for (float number : embedding.vector()) {
            if (!Float.isFinite(number)) {
                return false;
            }
            hasLength |= number != 0;
        }
        return hasLength;
    }
}
