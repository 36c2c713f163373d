package dev.paddock.adapters.http.wire.reuse;

import dev.paddock.adapters.http.wire.document.DocumentForm;
import dev.paddock.adapters.http.wire.json.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chunks of OpenAI's chat and completions: each has deltas of some choices. */
enum OpenAiForm implements StreamForm {
    CHAT("chat.completion.chunk"),
    COMPLETION("text_completion");

    private final String chunk;

    OpenAiForm(String chunk) {
        this.chunk = chunk;
    }

    @Override
    public DocumentForm document() {
        return this == CHAT ? DocumentForm.CHAT_COMPLETION : DocumentForm.COMPLETION;
    }

    @Override
    public List<Map<String, @Nullable Object>> divide(Map<String, @Nullable Object> answer, boolean withUsage) {
        Map<String, @Nullable Object> head = new LinkedHashMap<>(answer);
        Object usage = head.remove("usage");
        head.remove("choices");
        head.put("object", chunk);
        List<Map<String, @Nullable Object>> pieces = new ArrayList<>();
        for (Map<String, @Nullable Object> choice : StreamForm.objects(answer, "choices")) {
            pieces.add(StreamForm.with(head, "choices", List.of(first(choice))));
            pieces.add(StreamForm.with(head, "choices", List.of(last(choice))));
        }
        if (withUsage) {
            if (!(usage instanceof Map)) {
                return List.of();
            }
            pieces.add(StreamForm.with(head, "choices", List.of(), "usage", usage));
        }
        return pieces;
    }

    private Map<String, @Nullable Object> first(Map<String, @Nullable Object> choice) {
        Map<String, @Nullable Object> piece = StreamForm.with(choice, "finish_reason", null);
        if (this == CHAT) {
            Map<String, @Nullable Object> delta = new LinkedHashMap<>(StreamForm.object(choice, "message"));
            List<Map<String, @Nullable Object>> calls = new ArrayList<>();
            for (Map<String, @Nullable Object> call : StreamForm.objects(delta, "tool_calls")) {
                Map<String, @Nullable Object> numbered = PlainJson.object("index", calls.size());
                numbered.putAll(call);
                calls.add(numbered);
            }
            if (!calls.isEmpty()) {
                delta.put("tool_calls", calls);
            }
            piece.remove("message");
            piece.put("delta", delta);
        }
        return piece;
    }

    private Map<String, @Nullable Object> last(Map<String, @Nullable Object> choice) {
        Map<String, @Nullable Object> piece = PlainJson.object("index", choice.get("index"));
        piece.put(this == CHAT ? "delta" : "text", this == CHAT ? Map.of() : "");
        piece.put("finish_reason", choice.get("finish_reason"));
        return piece;
    }

    @Override
    public boolean isComplete(Map<String, @Nullable Object> answer) {
        List<Map<String, @Nullable Object>> choices = StreamForm.objects(answer, "choices");
        for (Map<String, @Nullable Object> choice : choices) {
            if (StreamForm.text(choice, "finish_reason").isEmpty() || !saysSomething(choice)) {
                return false;
            }
        }
        return !choices.isEmpty();
    }

    private boolean saysSomething(Map<String, @Nullable Object> choice) {
        if (this == COMPLETION) {
            return !StreamForm.text(choice, "text").isEmpty();
        }
        Object message = choice.get("message");
        return List.of("content", "reasoning", "reasoning_content", "refusal").stream()
                        .anyMatch(name -> !StreamForm.text(message, name).isEmpty())
                || !StreamForm.objects(message, "tool_calls").isEmpty()
                || !StreamForm.object(message, "function_call").isEmpty();
    }

    @Override
    public @Nullable String onlyText(Map<String, @Nullable Object> answer) {
        List<Map<String, @Nullable Object>> choices = StreamForm.objects(answer, "choices");
        if (choices.size() != 1) {
            return null;
        }
        Object holder = this == CHAT ? choices.getFirst().get("message") : choices.getFirst();
        String text = StreamForm.text(holder, this == CHAT ? "content" : "text");
        boolean isCall = !StreamForm.objects(holder, "tool_calls").isEmpty() || !StreamForm.object(holder, "function_call").isEmpty();
        return text.isEmpty() || isCall ? null : text;
    }

    /** Servers send it with an empty list of choices, which clients that did not ask for it may not expect. */
    @Override
    public boolean isUsageOnly(Map<String, @Nullable Object> piece) {
        return piece.get("usage") instanceof Map && piece.get("choices") instanceof List<?> list && list.isEmpty();
    }

    @Override
    public String end() {
        return "[DONE]";
    }
}
