package dev.paddock.adapters.http.wire.telemetry;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.domain.telemetry.AnswerFacts;
import dev.paddock.domain.telemetry.AnswerFacts.Tokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of answers that say something about them, found token by token at the places where the APIs of Ollama, OpenAI and Anthropic
 * have them. Of a field that stands several times the last value counts. Confined to one thread.
 */
final class FactFields {

    private static final int DEEPEST = 5;
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_REASONS = 128;

    private static final Set<String> HOLDERS = Set.of("", "message.", "response.");
    private static final Set<String> INPUT = Set.of("prompt_eval_count", "prompt_tokens", "input_tokens");
    private static final Set<String> OUTPUT = Set.of("eval_count", "completion_tokens", "output_tokens");
    private static final Set<String> USAGE_HOLDERS = Set.of("", "usage.", "message.usage.", "response.usage.");
    private static final Set<String> DETAILS = Set.of("cached_tokens", "reasoning_tokens");
    private static final Set<String> DETAIL_HOLDERS = Set.of(
            "usage.prompt_tokens_details.", "usage.completion_tokens_details.", "usage.input_tokens_details.",
            "usage.output_tokens_details.", "response.usage.input_tokens_details.", "response.usage.output_tokens_details.");
    private static final String CACHED_APART = "cache_read_input_tokens"; // not among the input tokens of the same answer
    private static final String WRITTEN_APART = "cache_creation_input_tokens";
    private static final Set<String> NAMES = Set.of(
            "id", "model", "done_reason", "stop_reason", "finish_reason", "prompt_eval_count", "prompt_tokens", "input_tokens", "eval_count",
            "completion_tokens", "output_tokens", "cached_tokens", "reasoning_tokens", CACHED_APART, WRITTEN_APART);

    private final String[] path = new String[DEEPEST + 1]; // the names of the present object and those around it
    private final Map<String, Long> counts = new HashMap<>();
    private final List<String> reasons = new ArrayList<>();
    private int depth; // of the present value: 1 inside the outermost object
    private String name = "";
    private @Nullable String id;
    private @Nullable String model;

    /** Begins with another piece of the same answer. */
    void next() {
        depth = 0;
        name = "";
    }

    /** Takes the token at which the parser stands. */
    void accept(JsonToken token, JsonParser parser) throws IOException {
        switch (token) {
            case START_OBJECT, START_ARRAY -> {
                depth++;
                if (depth <= DEEPEST) {
                    path[depth] = name;
                }
                name = token == JsonToken.START_ARRAY ? name : "";
            }
            case END_OBJECT, END_ARRAY -> {
                depth--;
                name = depth > 0 && depth <= DEEPEST ? path[depth] : ""; // a list's elements have the name of the list
            }
            case FIELD_NAME -> name = parser.currentName();
            case VALUE_STRING -> acceptText(parser);
            case VALUE_NUMBER_INT -> acceptCount(parser);
            default -> {}
        }
    }

    private void acceptText(JsonParser parser) throws IOException {
        if (depth > DEEPEST || !NAMES.contains(name)) {
            return;
        }
        String holder = holder();
        boolean isReason = (name.equals("done_reason") && holder.isEmpty())
                || (name.equals("stop_reason") && (holder.isEmpty() || holder.equals("delta.")))
                || (name.equals("finish_reason") && holder.equals("choices.choices."));
        if (isReason && reasons.size() < MOST_REASONS) {
            reasons.add(shortText(parser));
        } else if (name.equals("id") && HOLDERS.contains(holder)) {
            id = shortText(parser);
        } else if (name.equals("model") && HOLDERS.contains(holder)) {
            model = shortText(parser);
        }
    }

    private void acceptCount(JsonParser parser) throws IOException {
        if (depth > DEEPEST || !NAMES.contains(name)) {
            return;
        }
        long count = isUsage(holder()) ? parser.getLongValue() : -1;
        if (count >= 0) {
            counts.put(INPUT.contains(name) ? "input" : OUTPUT.contains(name) ? "output" : name, count);
        }
    }

    /** Returns whether the present field, in the given place, counts tokens of the whole answer. */
    private boolean isUsage(String holder) {
        return DETAILS.contains(name) ? DETAIL_HOLDERS.contains(holder) : USAGE_HOLDERS.contains(holder);
    }

    /** Returns the names around the present field, each with a dot behind it. */
    private String holder() {
        if (depth <= 1) {
            return "";
        }
        StringBuilder holder = new StringBuilder();
        for (int level = 2; level <= depth; level++) {
            holder.append(path[level]).append('.');
        }
        return holder.toString();
    }

    private static String shortText(JsonParser parser) throws IOException {
        String text = parser.getText();
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    AnswerFacts facts() {
        Long input = counts.get("input");
        Long cachedApart = counts.get(CACHED_APART);
        if (input != null) {
            input += (cachedApart == null ? 0 : cachedApart) + counts.getOrDefault(WRITTEN_APART, 0L);
        }
        Long cached = cachedApart == null ? counts.get("cached_tokens") : cachedApart;
        Tokens tokens =
                new Tokens(input, counts.get("output"), cached, counts.get(WRITTEN_APART), counts.get("reasoning_tokens"));
        return new AnswerFacts(id, model, tokens, reasons);
    }
}
