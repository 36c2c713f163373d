package dev.paddock.adapters.http.answercache.embedding;

import dev.paddock.adapters.http.answercache.MemoryExchange;
import dev.paddock.adapters.http.wire.embedding.EmbeddingAnswer;
import dev.paddock.adapters.http.wire.embedding.EmbeddingInput;
import dev.paddock.adapters.http.wire.embedding.EmbeddingVector;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the answer to a call of its vectors, or of its failure. */
final class CallAnswer {

    /** States how stored vectors served the call (RFC 9211). */
    private static final String CACHE_STATUS = "Cache-Status";

    private static final String CACHE = "paddock-embeddings; ";
    private static final String ESTIMATED = "estimated";
    private static final String TYPE = "Content-Type";
    private static final int OK = 200;

    private CallAnswer() {}

    /**
     * Returns the answer; null if its vectors are those of different models: a model was changed meanwhile, or their lengths differ.
     *
     * @throws LlmException if the call has failed without an answer
     */
    static @Nullable Exchange of(EmbeddingCall call, long nanos) {
        return switch (call.failure()) {
            case ServerAnswer.Failed(LlmException failure) -> throw failure;
            case ServerAnswer.Failed(RuntimeException defect) -> throw defect;
            case ServerAnswer.Failed(Error defect) -> throw defect;
            case ServerAnswer.Failed(Throwable other) -> throw new IllegalStateException(other);
            case ServerAnswer.Read read -> MemoryExchange.ofDocument(
                    read.head().withProvenance(provenance(call, read.head())), read.document(), read.verdict(), call.context());
            case null -> ofVectors(call, nanos);
        };
    }

    private static @Nullable Exchange ofVectors(EmbeddingCall call, long nanos) {
        EmbeddingInput input = call.input();
        Map<String, StoredVector> byText = call.vectors();
        List<StoredVector> all = input.texts().stream().map(text -> Objects.requireNonNull(byText.get(text))).toList();
        List<EmbeddingVector> vectors = all.stream().map(StoredVector::vector).toList();
        if (!call.isOfOneModel() || vectors.stream().map(EmbeddingVector::dimensions).distinct().count() > 1) {
            return null;
        }
        StoredVector newest = call.toSend().isEmpty() ? all.getFirst() : Objects.requireNonNull(byText.get(call.toSend().iterator().next()));
        boolean isCounted = all.stream().allMatch(vector -> vector.tokens() != null);
        Long tokens = isCounted ? Long.valueOf(all.stream().mapToLong(vector -> Objects.requireNonNull(vector.tokens())).sum()) : null;
        byte[] document = EmbeddingAnswer.write(input.format(), vectors, newest.rest(), tokens, nanos);

        ExchangeHead answered = call.head();
        String type = answered == null ? null : answered.headers().first(TYPE);
        Headers headers = Headers.of(TYPE, type == null ? input.format().mediaType() : type)
                .with("Content-Length", Integer.toString(document.length))
                .with(CACHE_STATUS, CACHE + cacheStatus(call));
        Headers complete = isEstimated(call, all) ? headers.with(EmbeddingExchangePort.USAGE, ESTIMATED) : headers;
        Provenance provenance = answered == null
                ? Provenance.of(newest.backend(), 0, false).withSource(Provenance.Source.CACHE)
                : provenance(call, answered);
        return MemoryExchange.ofDocument(
                new ExchangeHead(OK, complete, Framing.DOCUMENT, provenance), Frame.data(document), AnswerVerdict.OK, call.context());
    }

    private static String cacheStatus(EmbeddingCall call) {
        if (call.toSend().isEmpty()) {
            return "hit";
        }
        return (call.usesStored() ? "fwd=partial" : "fwd=miss") + (call.isShared() ? "; collapsed" : "");
    }

    private static Provenance provenance(EmbeddingCall call, ExchangeHead head) {
        boolean isPart = call.isShared() || !call.isWhole();
        return isPart ? head.provenance().withSource(Provenance.Source.BATCHED) : head.provenance();
    }

    /** Returns whether the tokens may be others than the server would count: it counts those of a request, not those of each text. */
    private static boolean isEstimated(EmbeddingCall call, List<StoredVector> vectors) {
        boolean hasShares = vectors.stream().anyMatch(StoredVector::isEstimated);
        return hasShares && (call.isShared() || !call.isWhole());
    }
}
