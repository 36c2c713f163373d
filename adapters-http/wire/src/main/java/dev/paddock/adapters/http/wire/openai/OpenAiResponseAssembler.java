package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.framing.SseEvent;
import dev.paddock.adapters.http.wire.json.FrameReader;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.ToolCall;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an answer after some of its pieces. How it ended and what it cost are spread over the last events,
 * in an order that differs between servers, and are given out with the final {@code [DONE]}. Not thread-safe.
 */
final class OpenAiResponseAssembler {

    private final FrameReader pieces = new FrameReader(OpenAiChunk.WHAT);
    private final ToolCallAssembler toolCalls = new ToolCallAssembler();
    private String model = "";
    private @Nullable Instant createdAt;
    private String finishReason = "";
    private TokenUsage usage = TokenUsage.UNKNOWN;

    /** Adds the piece in an event and returns its choice when a caller would see something of it, else null. */
    @Nullable Choice add(SseEvent event) {
        if (event.dataLength() == 0) {
            return null;
        }
        Choice choice = add(pieces.read(event.bytes(), event.dataOffset(), event.dataLength(), OpenAiChunk::new));
        return choice != null && choice.hasContent() ? choice : null;
    }

    /**
     * Adds a whole answer and returns its choice.
     *
     * @throws MalformedResponseException if it has none
     * @throws TruncatedResponseException if the choice is not complete
     */
    Choice addWhole(byte[] json) {
        Choice choice = add(OpenAiChunk.read(json));
        if (choice == null) {
            throw new MalformedResponseException("the answer has no choice", ErrorFacts.NONE);
        }
        if (choice.finishReason() == null) {
            throw new TruncatedResponseException(
                    "the answer came without its end: the server does not say why it stopped",
                    ErrorFacts.NONE.withTextReceived(choice.text()));
        }
        return choice;
    }

    String model() {
        return model;
    }

    @Nullable Instant createdAt() {
        return createdAt;
    }

    List<ToolCall> toolCalls() {
        return toolCalls.calls();
    }

    /** Returns how the answer ended; no event follows. */
    Completion completion() {
        pieces.close();
        return new Completion(finishReason, usage, Timings.UNKNOWN);
    }

    private @Nullable Choice add(OpenAiChunk piece) {
        model = piece.model().isEmpty() ? model : piece.model();
        createdAt = piece.createdAt() == null ? createdAt : piece.createdAt();
        usage = piece.usage() == null ? usage : piece.usage();
        Choice choice = piece.choice();
        if (choice != null) {
            choice.toolCalls().forEach(toolCalls::add);
            finishReason = choice.finishReason() == null ? finishReason : choice.finishReason();
        }
        return choice;
    }
}
