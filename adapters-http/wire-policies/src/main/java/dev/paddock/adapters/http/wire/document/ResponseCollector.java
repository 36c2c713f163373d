package dev.paddock.adapters.http.wire.document;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the document from the last event of {@code /v1/responses}, which has it whole. */
final class ResponseCollector implements PieceCollector {

    private @Nullable Map<String, @Nullable Object> last;

    @Override
    public void add(Map<String, @Nullable Object> piece) {
        if (piece.get("response") instanceof Map<?, ?> response) {
            last = Fields.asObject(response);
        } else if ("response".equals(piece.get("object"))) {
            last = piece;
        }
    }

    @Override
    public Map<String, @Nullable Object> document() {
        if (last == null) {
            throw DocumentAssembler.malformed("the answer has no event with the response");
        }
        return last;
    }
}
