package dev.paddock.test;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a fake answer, or the whole.
 *
 * @param thinking the reasoning, or null for none
 * @param completion how the answer ended, or null for a piece that is not the last
 */
record FakePiece(String text, @Nullable String thinking, List<ToolCall> toolCalls, @Nullable Completion completion) {

    FakePiece {
        toolCalls = List.copyOf(toolCalls);
    }

    static FakePiece text(String text) {
        return new FakePiece(text, null, List.of(), null);
    }

    static FakePiece thinking(String thinking) {
        return new FakePiece("", thinking, List.of(), null);
    }

    static FakePiece toolCall(ToolCall call) {
        return new FakePiece("", null, List.of(call), null);
    }

    static FakePiece last(Completion completion) {
        return new FakePiece("", null, List.of(), completion);
    }

    Completion requireCompletion() {
        return requireNonNull(completion, "completion");
    }
}
