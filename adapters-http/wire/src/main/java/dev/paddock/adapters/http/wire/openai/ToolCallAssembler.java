package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.adapters.http.wire.json.ToolCallPiece;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.model.generation.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the tool calls of a streamed answer together from their pieces.
 *
 * <p>Pieces with one index belong to one call, also when the id changes between them: some servers make up an id for each piece. Where a
 * piece has no index, its place in its event takes the place of the index, and a piece with the id of an earlier call belongs to that
 * call. A new call on an index in use needs a new name. A piece with the same name starts a new call only if the arguments of the call so
 * far are complete: old versions of Ollama give all calls of an answer the index 0. Not thread-safe.
 */
public final class ToolCallAssembler {

    private final List<PartialCall> calls = new ArrayList<>();

    /** Creates an assembler without calls. */
    public ToolCallAssembler() {}

    /** Adds the pieces of one event. */
    void add(List<ToolCallPiece> pieces) {
        for (int place = 0; place < pieces.size(); place++) {
            add(pieces.get(place), place);
        }
    }

    /**
     * Adds a piece.
     *
     * @param place its place among the pieces of its event
     * @return the place of its call among the {@link #pieces}
     */
    public int add(ToolCallPiece piece, int place) {
        int index = piece.index() == null ? place : piece.index();
        PartialCall call = find(piece, index);
        if (call == null || call.isFollowedBy(piece)) {
            call = new PartialCall(index);
            calls.add(call);
        }
        call.add(piece);
        return calls.indexOf(call);
    }

    /** Adds calls of which each is complete. */
    void addWhole(List<ToolCallPiece> wholeCalls) {
        for (ToolCallPiece whole : wholeCalls) {
            PartialCall call = new PartialCall(calls.size());
            calls.add(call);
            call.add(whole);
        }
    }

    /**
     * Returns the calls in the order of their first pieces.
     *
     * @param isCut whether the answer was cut, so that arguments may be incomplete
     * @throws MalformedResponseException if the arguments of a call are not one JSON object, unless the answer was cut
     */
    List<ToolCall> calls(boolean isCut) {
        return pieces().stream()
                .filter(call -> !call.isEmpty())
                .map(call -> ToolCallPiece.build(call.id(), call.name(), call.arguments(), isCut))
                .toList();
    }

    /** Returns the calls as far as they have arrived, in the order of their first pieces, each as one piece without an index. */
    public List<ToolCallPiece> pieces() {
        return calls.stream()
                .map(call -> new ToolCallPiece(null, call.id, call.name, call.arguments.toString()))
                .toList();
    }

    private @Nullable PartialCall find(ToolCallPiece piece, int index) {
        PartialCall latest = null;
        for (PartialCall call : calls.reversed()) {
            boolean sameIndex = call.index == index;
            if (!piece.id().isEmpty() && piece.id().equals(call.id) && (sameIndex || piece.index() == null)) {
                return call;
            }
            latest = latest == null && sameIndex ? call : latest;
        }
        return latest;
    }

    /** A call as far as it has arrived. */
    private static final class PartialCall {

        private final int index;
        private final StringBuilder arguments = new StringBuilder();
        private String id = "";
        private String name = "";

        private PartialCall(int index) {
            this.index = index;
        }

        private void add(ToolCallPiece piece) {
            id = id.isEmpty() ? piece.id() : id;
            name = name.isEmpty() ? piece.name() : name;
            boolean repeatsAll = piece.arguments().contentEquals(arguments) && hasAllArguments(); // as a summary at the end
            if (!repeatsAll) {
                arguments.append(piece.arguments());
            }
        }

        /** Returns whether a piece starts another call on the index of this one. */
        private boolean isFollowedBy(ToolCallPiece piece) {
            if (name.isEmpty() || piece.name().isEmpty()) {
                return false;
            }
            if (!name.equals(piece.name())) {
                return true;
            }
            boolean hasOtherId = !piece.id().isEmpty() && !piece.id().equals(id);
            boolean mayBegin = hasOtherId || (piece.id().isEmpty() && !piece.arguments().isBlank());
            return mayBegin && hasAllArguments();
        }

        private boolean hasAllArguments() {
            String json = arguments.toString();
            try {
                PlainJson.parseObject("the arguments", json);
                return !json.isBlank();
            } catch (MalformedResponseException incomplete) {
                return false;
            }
        }
    }
}
