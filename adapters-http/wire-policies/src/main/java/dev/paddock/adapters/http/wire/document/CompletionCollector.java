package dev.paddock.adapters.http.wire.document;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.adapters.http.wire.json.ReportedError;
import dev.paddock.adapters.http.wire.json.ToolCallPiece;
import dev.paddock.adapters.http.wire.openai.ToolCallAssembler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the events of {@code /v1/chat/completions} and {@code /v1/completions}. */
final class CompletionCollector implements PieceCollector {

    private static final String OF_A_PIECE = ".chunk";

    private final boolean isChat;
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    private final Map<Integer, Choice> choices = new TreeMap<>();

    CompletionCollector(boolean isChat) {
        this.isChat = isChat;
    }

    @Override
    public void add(Map<String, @Nullable Object> piece) {
        piece.forEach((name, value) -> {
            if (name.equals("choices")) {
                fields.putIfAbsent(name, List.of()); // takes its place
                addChoices(value);
            } else if (!name.equals("error")) {
                Fields.replace(fields, name, value);
            }
        });
    }

    @Override
    public Map<String, @Nullable Object> document() {
        String usual = isChat ? "chat.completion" : "text_completion";
        String object = fields.get("object") instanceof String text ? text : usual;
        fields.put("object", object.endsWith(OF_A_PIECE) ? object.substring(0, object.length() - OF_A_PIECE.length()) : object);
        fields.put("choices", choices.entrySet().stream().map(choice -> choice.getValue().document(choice.getKey(), isChat)).toList());
        return fields;
    }

    private void addChoices(@Nullable Object value) {
        if (value instanceof List<?> list) {
            for (int place = 0; place < list.size(); place++) {
                if (list.get(place) instanceof Map<?, ?> choice) {
                    int index = choice.get("index") instanceof Integer given ? given : place;
                    choices.computeIfAbsent(index, absent -> new Choice()).add(Fields.asObject(choice));
                }
            }
        }
    }

    /** One choice as far as it has arrived. */
    private static final class Choice {

        private final Map<String, @Nullable Object> rest = new LinkedHashMap<>();
        private final Map<String, @Nullable Object> message = new LinkedHashMap<>();
        private final ToolCallAssembler calls = new ToolCallAssembler();
        private final List<Map<String, @Nullable Object>> callFields = new ArrayList<>(0); // in the order of the calls

        private void add(Map<String, @Nullable Object> piece) {
            piece.forEach((name, value) -> {
                switch (name) {
                    case "index", "error" -> {}
                    case "delta", "message" -> {
                        if (value instanceof Map<?, ?> delta) {
                            addMessage(Fields.asObject(delta));
                        }
                    }
                    case "finish_reason", "stop_reason" -> {
                        if (!ReportedError.isNone(value)) {
                            rest.put(name, value);
                        }
                    }
                    case "text", "logprobs" -> Fields.join(rest, name, value);
                    default -> {
                        if (value instanceof List<?>) {
                            Fields.join(rest, name, value);
                        } else {
                            Fields.replace(rest, name, value);
                        }
                    }
                }
            });
        }

        private void addMessage(Map<String, @Nullable Object> piece) {
            piece.forEach((name, value) -> {
                if (!name.equals("tool_calls")) {
                    Fields.join(message, name, value);
                } else if (value instanceof List<?> list) {
                    addCalls(list);
                }
            });
        }

        private void addCalls(List<?> pieces) {
            for (int place = 0; place < pieces.size(); place++) {
                if (pieces.get(place) instanceof Map<?, ?> piece) {
                    int call = calls.add(ToolCallPiece.of(piece), place);
                    if (call == callFields.size()) {
                        callFields.add(PlainJson.object("id", null, "type", "function"));
                    }
                    addFields(callFields.get(call), Fields.asObject(piece));
                }
            }
        }

        /** Adds the fields that the assembler of calls does not read. */
        private static void addFields(Map<String, @Nullable Object> call, Map<String, @Nullable Object> piece) {
            piece.forEach((name, value) -> {
                if (name.equals("function") && value instanceof Map<?, ?> function) {
                    Map<String, @Nullable Object> more = PlainJson.object();
                    more.putAll(Fields.asObject(function));
                    more.keySet().removeAll(List.of("name", "arguments"));
                    Fields.join(call, name, more);
                } else if (!name.equals("id") && !name.equals("index")) {
                    Fields.join(call, name, value);
                }
            });
        }

        private Map<String, @Nullable Object> document(int index, boolean isChat) {
            Map<String, @Nullable Object> choice = PlainJson.object("index", index);
            if (isChat) {
                Map<String, @Nullable Object> whole = PlainJson.object("role", "assistant", "content", null);
                whole.putAll(message);
                if (!callFields.isEmpty()) {
                    whole.put("tool_calls", toolCalls());
                }
                choice.put("message", whole);
            }
            choice.putAll(rest);
            return choice;
        }

        private List<Map<String, @Nullable Object>> toolCalls() {
            List<ToolCallPiece> whole = calls.pieces();
            for (int index = 0; index < whole.size(); index++) {
                ToolCallPiece call = whole.get(index);
                Map<String, @Nullable Object> document = callFields.get(index);
                document.put("id", call.id().isEmpty() ? null : call.id());
                if (document.get("function") instanceof Map<?, ?> more) {
                    Map<String, @Nullable Object> function = PlainJson.object("name", call.name(), "arguments", call.arguments());
                    function.putAll(Fields.asObject(more));
                    document.put("function", function);
                }
            }
            return callFields;
        }
    }
}
