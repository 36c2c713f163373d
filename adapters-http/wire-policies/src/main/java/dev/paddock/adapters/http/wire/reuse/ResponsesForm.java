package dev.paddock.adapters.http.wire.reuse;

import dev.paddock.adapters.http.wire.document.DocumentForm;
import dev.paddock.adapters.http.wire.json.PlainJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of OpenAI's responses, of which the last one has the whole answer. */
enum ResponsesForm implements StreamForm {
    INSTANCE;

    private static final String COMPLETED = "response.completed";
    private static final String INCOMPLETE = "response.incomplete";

    @Override
    public DocumentForm document() {
        return DocumentForm.RESPONSE;
    }

    @Override
    public List<Map<String, @Nullable Object>> divide(Map<String, @Nullable Object> answer, boolean withUsage) {
        List<Map<String, @Nullable Object>> pieces = new ArrayList<>();
        Map<String, @Nullable Object> begun = StreamForm.with(answer, "status", "in_progress", "output", List.of(), "usage", null);
        pieces.add(PlainJson.object("type", "response.created", "response", begun));
        pieces.add(PlainJson.object("type", "response.in_progress", "response", begun));
        List<Map<String, @Nullable Object>> items = StreamForm.objects(answer, "output");
        for (int index = 0; index < items.size(); index++) {
            addItem(pieces, index, items.get(index));
        }
        boolean isIncomplete = StreamForm.text(answer, "status").equals("incomplete");
        pieces.add(PlainJson.object("type", isIncomplete ? INCOMPLETE : COMPLETED, "response", answer));
        for (int number = 0; number < pieces.size(); number++) {
            pieces.get(number).put("sequence_number", number);
        }
        return pieces;
    }

    private static void addItem(List<Map<String, @Nullable Object>> pieces, int index, Map<String, @Nullable Object> item) {
        String id = StreamForm.text(item, "id");
        boolean isCall = StreamForm.text(item, "type").equals("function_call");
        Map<String, @Nullable Object> begun = StreamForm.with(item, "status", "in_progress");
        begun.put(isCall ? "arguments" : "content", isCall ? "" : List.of());
        pieces.add(PlainJson.object("type", "response.output_item.added", "output_index", index, "item", begun));
        if (isCall) {
            String arguments = StreamForm.text(item, "arguments");
            String type = "response.function_call_arguments.";
            pieces.add(PlainJson.object("type", type + "delta", "item_id", id, "output_index", index, "delta", arguments));
            pieces.add(PlainJson.object("type", type + "done", "item_id", id, "output_index", index, "arguments", arguments));
        }
        List<Map<String, @Nullable Object>> parts = StreamForm.objects(item, "content");
        for (int number = 0; number < parts.size(); number++) {
            addPart(pieces, PlainJson.object("item_id", id, "output_index", index, "content_index", number), parts.get(number));
        }
        pieces.add(PlainJson.object("type", "response.output_item.done", "output_index", index, "item", item));
    }

    private static void addPart(
            List<Map<String, @Nullable Object>> pieces, Map<String, @Nullable Object> place, Map<String, @Nullable Object> part) {
        boolean isText = StreamForm.text(part, "type").equals("output_text");
        pieces.add(piece("response.content_part.added", place, "part", isText ? StreamForm.with(part, "text", "") : part));
        if (isText) {
            pieces.add(piece("response.output_text.delta", place, "delta", StreamForm.text(part, "text")));
            pieces.add(piece("response.output_text.done", place, "text", StreamForm.text(part, "text")));
        }
        pieces.add(piece("response.content_part.done", place, "part", part));
    }

    private static Map<String, @Nullable Object> piece(
            String type, Map<String, @Nullable Object> place, String name, @Nullable Object value) {
        Map<String, @Nullable Object> piece = PlainJson.object("type", type);
        piece.putAll(place);
        piece.put(name, value);
        return piece;
    }

    @Override
    public boolean isComplete(Map<String, @Nullable Object> answer) {
        String status = StreamForm.text(answer, "status");
        return (status.equals("completed") || status.equals("incomplete")) && !StreamForm.objects(answer, "output").isEmpty();
    }

    @Override
    public @Nullable String eventName(Map<String, @Nullable Object> piece) {
        return StreamForm.text(piece, "type");
    }

    @Override
    public @Nullable String onlyText(Map<String, @Nullable Object> answer) {
        StringBuilder text = new StringBuilder();
        for (Map<String, @Nullable Object> item : StreamForm.objects(answer, "output")) {
            String type = StreamForm.text(item, "type");
            if (!type.equals("message") && !type.equals("reasoning")) {
                return null;
            }
            if (type.equals("message")) {
                StreamForm.objects(item, "content").forEach(part -> text.append(StreamForm.text(part, "text")));
            }
        }
        return text.isEmpty() ? null : text.toString();
    }
}
