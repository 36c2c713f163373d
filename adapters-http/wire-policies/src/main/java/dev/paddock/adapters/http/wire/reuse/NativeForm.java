package dev.paddock.adapters.http.wire.reuse;

import dev.paddock.adapters.http.wire.document.DocumentForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ollama's own lines: each has a part of the text, and the last one the counts. */
enum NativeForm implements StreamForm {
    CHAT,
    GENERATE;

    /** Fields that belong to the text, and not to its end. */
    private static final Set<String> TEXT = Set.of("message", "response", "thinking", "tool_calls", "logprobs");

    /** Fields that a line has besides its text. */
    private static final Set<String> OF_EVERY_LINE = Set.of("model", "remote_model", "remote_host", "created_at");

    @Override
    public DocumentForm document() {
        return DocumentForm.OLLAMA;
    }

    @Override
    public List<Map<String, @Nullable Object>> divide(Map<String, @Nullable Object> answer, boolean withUsage) {
        Map<String, @Nullable Object> text = new LinkedHashMap<>();
        Map<String, @Nullable Object> last = new LinkedHashMap<>();
        answer.forEach((name, value) -> {
            if (OF_EVERY_LINE.contains(name) || TEXT.contains(name)) {
                text.put(name, value);
            }
            if (!TEXT.contains(name)) {
                last.put(name, value);
            }
        });
        text.put("done", false);
        if (this == CHAT) {
            last.put("message", StreamForm.with(Map.of(), "role", StreamForm.text(answer.get("message"), "role"), "content", ""));
        } else {
            last.put("response", "");
        }
        return List.of(text, last);
    }

    @Override
    public boolean isComplete(Map<String, @Nullable Object> answer) {
        Object holder = this == CHAT ? answer.get("message") : answer;
        boolean saysSomething = !StreamForm.text(holder, "content").isEmpty()
                || !StreamForm.text(holder, "response").isEmpty()
                || !StreamForm.text(holder, "thinking").isEmpty()
                || !StreamForm.objects(holder, "tool_calls").isEmpty();
        return Boolean.TRUE.equals(answer.get("done")) && saysSomething;
    }

    @Override
    public @Nullable String onlyText(Map<String, @Nullable Object> answer) {
        Object holder = this == CHAT ? answer.get("message") : answer;
        String text = StreamForm.text(holder, this == CHAT ? "content" : "response");
        return text.isEmpty() || !StreamForm.objects(holder, "tool_calls").isEmpty() ? null : text;
    }
}
