package dev.paddock.adapters.http.wire.reuse;

import dev.paddock.domain.model.TokenUsage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the counts of tokens in answers and pieces of any API. */
final class UsageFields {

    private static final List<String> PROMPT = List.of("prompt_eval_count", "prompt_tokens", "input_tokens");
    private static final List<String> COMPLETION = List.of("eval_count", "completion_tokens", "output_tokens");

    private UsageFields() {}

    /** Returns the last counts in the pieces of an answer, or in the one piece that is all of it. */
    static TokenUsage in(List<Map<String, @Nullable Object>> pieces) {
        Integer prompt = null;
        Integer completion = null;
        for (Map<String, @Nullable Object> piece : pieces) {
            for (Map<String, @Nullable Object> holder : List.of(
                    piece,
                    StreamForm.object(piece, "usage"),
                    StreamForm.object(StreamForm.object(piece, "message"), "usage"),
                    StreamForm.object(StreamForm.object(piece, "response"), "usage"))) {
                prompt = last(holder, PROMPT, prompt);
                completion = last(holder, COMPLETION, completion);
            }
        }
        return new TokenUsage(prompt, completion);
    }

    private static @Nullable Integer last(Map<String, @Nullable Object> holder, List<String> names, @Nullable Integer before) {
        Integer last = before;
        for (String name : names) {
            if (holder.get(name) instanceof Number count && count.longValue() >= 0 && count.longValue() <= Integer.MAX_VALUE) {
                last = count.intValue();
            }
        }
        return last;
    }
}
