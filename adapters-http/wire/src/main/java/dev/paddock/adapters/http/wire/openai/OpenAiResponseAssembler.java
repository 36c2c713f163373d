package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.framing.SseEvent;
import dev.paddock.adapters.http.wire.json.FrameReader;
import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.MessageContent;
import dev.paddock.adapters.http.wire.json.SimilarFrames;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.ToolCall;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an answer after some of its pieces. The reason of its end and its usage are spread over the last events, in an order that
 * differs between servers; they are reported with the final {@code [DONE]}. Not thread-safe.
 */
final class OpenAiResponseAssembler {

    private final FrameReader pieces = new FrameReader(OpenAiChunk.WHAT);
    private final SimilarFrames<OpenAiChunk> similar;
    private final ToolCallAssembler toolCalls = new ToolCallAssembler();
    private final MessageContent.Pieces contents = new MessageContent.Pieces();
    private String model = "";
    private @Nullable Instant createdAt;
    private String finishReason = "";
    private TokenUsage usage = TokenUsage.UNKNOWN;

    /**
     * Creates the state before the first piece.
     *
     * @param textField the name of the field with the text of a piece
     */
    OpenAiResponseAssembler(String textField) {
        similar = new SimilarFrames<>(textField);
    }

    /** Adds the piece in an event and returns its choice when a caller would see something of it, else null. */
    OpenAiChunk.@Nullable Choice add(SseEvent event) {
        if (!FrameReader.startsObject(event.bytes(), event.dataOffset(), event.dataLength())) {
            return null; // a heartbeat
        }
        OpenAiChunk.Choice choice = add(read(event));
        if (choice != null) {
            choice.content.continueFrom(contents, false);
            toolCalls.add(choice.toolCalls);
        }
        return choice != null && choice.hasContent() ? choice : null;
    }

    private OpenAiChunk read(SseEvent event) {
        OpenAiChunk before = similar.find(event.bytes(), event.dataOffset(), event.dataLength());
        if (before != null) {
            return before.withText(similar.text(0));
        }
        OpenAiChunk piece = pieces.read(event.bytes(), event.dataOffset(), event.dataLength(), OpenAiChunk::new);
        String text = piece.onlyText();
        if (text != null) {
            similar.learn(event.bytes(), event.dataOffset(), event.dataLength(), piece, text);
        }
        return piece;
    }

    /**
     * Adds a whole answer and returns its choice.
     *
     * @throws MalformedResponseException if it has none
     * @throws TruncatedResponseException if the choice is not complete
     */
    OpenAiChunk.Choice addWhole(byte[] json) {
        OpenAiChunk.Choice choice = add(JsonReader.read(OpenAiChunk.WHAT, json, new OpenAiChunk()));
        if (choice == null) {
            throw new MalformedResponseException("the answer has no choice", ErrorFacts.NONE);
        }
        choice.content.continueFrom(contents, true);
        if (choice.finishReason == null) {
            throw new TruncatedResponseException(
                    "the answer came without its end: the server does not say why it stopped",
                    ErrorFacts.NONE.withTextReceived(choice.content.text()));
        }
        toolCalls.addWhole(choice.toolCalls);
        return choice;
    }

    String model() {
        return model;
    }

    @Nullable Instant createdAt() {
        return createdAt;
    }

    /** Returns the tool calls; no event follows. */
    List<ToolCall> toolCalls() {
        return toolCalls.calls(completion().isCut());
    }

    /** Returns the content that was held back at the end of the last piece; no event follows. */
    MessageContent remainingContent() {
        MessageContent rest = new MessageContent();
        rest.continueFrom(contents, true);
        return rest;
    }

    boolean isFinished() {
        return !finishReason.isEmpty();
    }

    /** Returns how the answer ended; no event follows. */
    Completion completion() {
        pieces.close();
        return new Completion(finishReason, usage, Timings.UNKNOWN);
    }

    private OpenAiChunk.@Nullable Choice add(OpenAiChunk piece) {
        model = piece.model.isEmpty() ? model : piece.model;
        createdAt = piece.createdAt == null ? createdAt : piece.createdAt;
        usage = piece.usage == null ? usage : piece.usage;
        OpenAiChunk.Choice choice = piece.choice;
        if (choice != null) {
            finishReason = choice.finishReason == null ? finishReason : choice.finishReason;
        }
        return choice;
    }

    /** Creates the chunk for a piece of an answer. */
    interface ChunkFactory<C> {

        /**
         * Creates a chunk.
         *
         * @param choice the piece, or null for the final {@code [DONE]}
         * @param completion how the answer ended, or null when it continues
         */
        C create(OpenAiResponseAssembler state, OpenAiChunk.@Nullable Choice choice, @Nullable Completion completion);
    }

    /** Reads the events of an answer. Tool calls come in pieces, so they are reported with the last chunk. */
    record Decoder<C>(OpenAiResponseAssembler state, ChunkFactory<C> chunks) implements ChunkDecoder<C> {

        Decoder(String textField, ChunkFactory<C> chunks) {
            this(new OpenAiResponseAssembler(textField), chunks);
        }

        @Override
        public @Nullable C decode(Frame frame) {
            SseEvent event = SseEvent.parse(frame);
            if (event.isDone()) {
                return chunks.create(state, null, state.completion());
            }
            OpenAiChunk.Choice choice = state.add(event);
            return choice == null ? null : chunks.create(state, choice, null);
        }

        @Override
        public @Nullable C end() {
            return state.isFinished() ? chunks.create(state, null, state.completion()) : null;
        }

        @Override
        public C decodeWhole(byte[] body) {
            return chunks.create(state, state.addWhole(body), state.completion());
        }
    }
}
