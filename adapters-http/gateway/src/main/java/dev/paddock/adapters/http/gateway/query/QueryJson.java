package dev.paddock.adapters.http.gateway.query;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.documents.DocumentAnswer;
import dev.paddock.domain.documents.DocumentQuery;
import dev.paddock.domain.documents.DocumentQuestion;
import dev.paddock.domain.documents.Passage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers from documents as JSON. The names of the fields are those of earlier software of this kind, so that its clients find them; a field
 * that has no meaning here is null.
 */
public final class QueryJson {

    private QueryJson() {}

    /**
     * Returns a whole answer.
     *
     * @param chat the conversation that it belongs to, or null for none
     */
    public static Map<String, @Nullable Object> answer(DocumentQuestion question, @Nullable String chat, DocumentAnswer answer) {
        Map<String, @Nullable Object> fields = PlainJson.object("answer", answer.text());
        fields.putAll(passages(answer.passages()));
        fields.putAll(facts(question, chat, answer));
        return fields;
    }

    /** Returns the passages and where they come from. */
    public static Map<String, @Nullable Object> passages(List<Passage> passages) {
        return PlainJson.object(
                "contexts", passages.stream().map(Passage::text).toList(),
                "metadatas", passages.stream().map(QueryJson::metadata).toList());
    }

    /** Returns everything of an answer but its text and its passages, with the parameters of {@link #answer}. */
    public static Map<String, @Nullable Object> facts(DocumentQuestion question, @Nullable String chat, DocumentAnswer answer) {
        DocumentQuery query = question.query();
        return PlainJson.object(
                "method", query.method().label(),
                "k", query.k(),
                "bm25_weight", query.fusion().bm25Weight(),
                "rrf_k", query.fusion().rrfK(),
                "rerank_enable", false,
                "rerank_top_n", null,
                "db", null,
                "model", question.model().value(),
                "chat_id", chat,
                "corpus_version", answer.corpusVersion(),
                "done_reason", answer.completion() == null ? null : answer.completion().reason(),
                "cache_hit", answer.isFromCache());
    }

    private static Map<String, @Nullable Object> metadata(Passage passage) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("source", passage.document());
        fields.put("chunk", passage.position());
        fields.put("section", passage.section().isEmpty() ? null : passage.section());
        fields.put("score", Double.isFinite(passage.score()) ? passage.score() : null);
        return fields;
    }
}
