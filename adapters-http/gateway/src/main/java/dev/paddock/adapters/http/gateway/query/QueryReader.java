package dev.paddock.adapters.http.gateway.query;

import dev.paddock.domain.documents.DocumentQuery;
import dev.paddock.domain.documents.RankFusion;
import dev.paddock.domain.documents.SearchMethod;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.model.ModelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one question, and collects everything that is wrong with them. A field that is null counts as absent. Fields of earlier
 * software of this kind are accepted where they ask for nothing that is not here.
 */
final class QueryReader {

    private static final int LONGEST_CHAT = 200;
    private static final int LONGEST_NAME_SHOWN = 50;

    private static final Set<String> READ =
            Set.of("query", "k", "method", "bm25_weight", "rrf_k", "model", "chat_id", "save_chat");

    /** What is not here, with the value that does not ask for it. */
    private static final Map<String, Object> WITHOUT = Map.of(
            "rerank_enable", false,
            "rewrite_enable", false,
            "rrf_enable", true, // hybrid searches always merge ranks
            "provider", "ollama",
            "languages", List.of(),
            "versions", List.of(),
            "db", "");

    /** Details of what is not here, which have no effect without it. */
    private static final Set<String> DETAILS =
            Set.of("rerank_top_n", "rewrite_n", "rr_provider", "rr_max_k", "rr_batch_size", "rr_num_threads");

    private final Map<?, ?> fields;
    private final List<String> problems = new ArrayList<>();

    private QueryReader(@Nullable Object body) {
        if (body instanceof Map<?, ?> object) {
            this.fields = object;
        } else {
            this.fields = Map.of();
            problems.add("the body is not a JSON object such as {\"query\": \"What is RAG?\"} with each field once");
        }
    }

    /**
     * The question that was read, or what is wrong with it.
     *
     * @param request the question, or null when something is wrong
     * @param problems what is wrong, in one clause each
     */
    record QueryReading(@Nullable QueryRequest request, List<String> problems) {

        QueryReading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads a question.
     *
     * @param body the body of the request as plain values
     * @param usualModel the model when the request names none, or null when there is no usual one
     */
    static QueryReading read(@Nullable Object body, @Nullable ModelName usualModel) {
        QueryReader reader = new QueryReader(body);
        QueryRequest request = reader.problems.isEmpty() ? reader.request(usualModel) : null;
        return new QueryReading(request, reader.problems);
    }

    private @Nullable QueryRequest request(@Nullable ModelName usualModel) {
        String text = text();
        SearchMethod method = method();
        int k = (int) number("k", DocumentQuery.DEFAULT_K, 1, DocumentQuery.LARGEST_K, true);
        double weight = number("bm25_weight", RankFusion.DEFAULT.bm25Weight(), 0, 1, false);
        int rrfK = (int) number("rrf_k", RankFusion.DEFAULT.rrfK(), 1, RankFusion.LARGEST_RRF_K, true);
        ModelName model = model(usualModel);
        String chat = chat();
        boolean savesChat = savesChat();
        fields.forEach((name, value) -> refuseUnlessKnown(String.valueOf(name), value));
        return problems.isEmpty() && model != null
                ? new QueryRequest(new DocumentQuery(text, method, k, new RankFusion(weight, rrfK)), model, chat, savesChat)
                : null;
    }

    private String text() {
        if (!(fields.get("query") instanceof String text) || text.isBlank()) {
            problems.add("query is the question, a text that is not empty");
            return "";
        }
        if (text.length() > DocumentQuery.LONGEST_TEXT) {
            problems.add("query has at most " + DocumentQuery.LONGEST_TEXT + " characters, not " + text.length());
        }
        return text;
    }

    private SearchMethod method() {
        Object value = fields.get("method");
        Optional<SearchMethod> method = value instanceof String label ? SearchMethod.ofLabel(label) : Optional.empty();
        if (value != null && method.isEmpty()) {
            problems.add("method is vector, bm25 or hybrid");
        }
        return method.orElse(SearchMethod.HYBRID);
    }

    private double number(String name, double usual, int least, int most, boolean isWhole) {
        Object value = fields.get(name);
        if (value == null) {
            return usual;
        }
        double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
        if (!(number >= least && number <= most) || (isWhole && number != Math.rint(number))) {
            problems.add(name + " is a " + (isWhole ? "whole number" : "number") + " from " + least + " to " + most);
            return usual;
        }
        return number;
    }

    private @Nullable ModelName model(@Nullable ModelName usual) {
        Object value = fields.get("model");
        if (value == null && usual == null) {
            problems.add("model names the model that answers: this gateway has no paddock.query.model");
        }
        if (value == null) {
            return usual;
        }
        try {
            if (value instanceof String name) {
                return new ModelName(name);
            }
        } catch (InvalidRequestException noName) {
            // reported below
        }
        problems.add("model is the name of a model, such as llama3.2");
        return null;
    }

    private @Nullable String chat() {
        Object value = fields.get("chat_id");
        if (value != null && !(value instanceof String text && !text.isBlank() && text.length() <= LONGEST_CHAT)) {
            problems.add("chat_id is a text of 1 to " + LONGEST_CHAT + " characters");
        }
        return value instanceof String chat ? chat : null;
    }

    private boolean savesChat() {
        Object value = fields.get("save_chat");
        if (value != null && !(value instanceof Boolean)) {
            problems.add("save_chat is true or false");
        }
        return !Boolean.FALSE.equals(value);
    }

    private void refuseUnlessKnown(String name, @Nullable Object value) {
        Object without = WITHOUT.get(name);
        if (without != null && value != null && !value.equals(without)) {
            problems.add(name + " can only be " + (without.equals("") || without.equals(List.of()) ? "empty" : without)
                    + ": this gateway does not have what it asks for");
        } else if (without == null && !READ.contains(name) && !DETAILS.contains(name)) {
            String shown = name.length() <= LONGEST_NAME_SHOWN ? name : name.substring(0, LONGEST_NAME_SHOWN) + "...";
            problems.add(shown + " is no field of a query");
        }
    }
}
