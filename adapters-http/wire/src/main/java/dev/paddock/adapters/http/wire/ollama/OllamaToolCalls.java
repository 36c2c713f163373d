package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.ToolCallPiece;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tool calls in the order of the answer, each of which comes whole; the index that servers give them differs between versions. A call
 * whose arguments are not one JSON object is kept until the last line states whether the answer was cut. Not thread-safe.
 */
final class OllamaToolCalls implements JsonReader.Elements {

    private List<ToolCallPiece> pieces = List.of(); // replaced with the first call, because most answers have none
    private List<ToolCall> calls = List.of();

    @Override
    public void accept(JsonReader value) throws IOException {
        ToolCallPiece piece = new ToolCallPiece();
        value.object(piece);
        if (piece.isEmpty()) {
            return;
        }
        if (pieces.isEmpty()) {
            pieces = new ArrayList<>();
        }
        pieces.add(piece);
    }

    boolean hasPieces() {
        return !pieces.isEmpty();
    }

    List<ToolCall> calls() {
        return calls;
    }

    /**
     * Decides which of the calls are complete.
     *
     * @param earlier keeps the calls that may be incomplete until the last line
     * @param completion how the answer ended, or null when it continues
     * @throws MalformedResponseException if the arguments of a call are not one JSON object, unless the answer was cut
     */
    void continueFrom(OllamaToolCalls earlier, @Nullable Completion completion) {
        List<ToolCallPiece> open = new ArrayList<>(earlier.pieces);
        open.addAll(pieces);
        earlier.pieces = new ArrayList<>();
        calls = new ArrayList<>();
        for (ToolCallPiece piece : open) {
            try {
                calls.add(build(piece, completion != null && completion.isCut()));
            } catch (MalformedResponseException incomplete) {
                if (completion != null) {
                    throw incomplete;
                }
                earlier.pieces.add(piece);
            }
        }
    }

    private static ToolCall build(ToolCallPiece piece, boolean isCut) {
        return ToolCallPiece.build(piece.id(), piece.name(), piece.arguments(), isCut);
    }
}
