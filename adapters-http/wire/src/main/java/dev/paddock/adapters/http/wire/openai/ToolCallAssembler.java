package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.model.generation.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts tool calls together from their pieces.
 *
 * <p>A piece belongs to the latest call of its index, unless it brings another id: some versions of Ollama give every
 * call the index 0. A piece without an index belongs to the latest call, unless it brings an id. Not thread-safe.
 */
final class ToolCallAssembler {

    private final List<Call> calls = new ArrayList<>();

    void add(ToolCallDelta piece) {
        Call call = find(piece);
        if (call == null) {
            call = new Call(piece.index(), piece.id());
            calls.add(call);
        }
        call.add(piece);
    }

    /**
     * Returns the calls in the order of their first pieces.
     *
     * @throws dev.paddock.domain.error.MalformedResponseException if the arguments of one are not a JSON object
     */
    List<ToolCall> calls() {
        return calls.stream().map(Call::build).toList();
    }

    private @Nullable Call find(ToolCallDelta piece) {
        for (Call call : calls.reversed()) {
            if (piece.index() == null || Objects.equals(call.index, piece.index())) {
                return call.mayContinueWith(piece) ? call : null;
            }
        }
        return null;
    }

    private static final class Call {

        private final @Nullable Integer index;
        private final StringBuilder arguments = new StringBuilder();
        private String id;
        private String name = "";

        private Call(@Nullable Integer index, String id) {
            this.index = index;
            this.id = id;
        }

        private boolean mayContinueWith(ToolCallDelta piece) {
            if (piece.id().isEmpty() || piece.id().equals(id)) {
                return true;
            }
            return id.isEmpty() && piece.index() != null;
        }

        private void add(ToolCallDelta piece) {
            id = id.isEmpty() ? piece.id() : id;
            name = name.isEmpty() ? piece.name() : name;
            arguments.append(piece.arguments());
        }

        @SuppressWarnings("NullAway") // javac drops the annotation inside the map's type from a record's class file
        private ToolCall build() {
            return new ToolCall(
                    id.isEmpty() ? null : id,
                    name,
                    PlainJson.parseObject("the arguments of a tool call", arguments.toString()));
        }
    }
}
