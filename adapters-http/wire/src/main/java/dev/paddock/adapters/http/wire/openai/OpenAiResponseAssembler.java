package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.framing.SseEvent;
import dev.paddock.adapters.http.wire.json.FrameReader;
import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.ToolCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of an answer after some of its pieces. The reason of its end and its usage are spread over the last events, in an order that
 * differs between servers; they are reported with the final {@code [DONE]}. Not thread-safe.
 */
final class OpenAiResponseAssembler {

    private final FrameReader pieces = new FrameReader(OpenAiChunk.WHAT);
    private final ToolCallAssembler toolCalls = new ToolCallAssembler();
    private String model = "";
    private @Nullable Instant createdAt;
    private String finishReason = "";
    private TokenUsage usage = TokenUsage.UNKNOWN;

    /** Adds the piece in an event and returns its choice when a caller would see something of it, else null. */
    OpenAiChunk.@Nullable Choice add(SseEvent event) {
        if (event.dataLength() == 0) {
            return null;
        }
        OpenAiChunk.Choice choice = add(pieces.read(event.bytes(), event.dataOffset(), event.dataLength(), OpenAiChunk::new));
        return choice != null && choice.hasContent() ? choice : null;
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
        if (choice.finishReason == null) {
            throw new TruncatedResponseException(
                    "the answer came without its end: the server does not say why it stopped",
                    ErrorFacts.NONE.withTextReceived(choice.text));
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

    private OpenAiChunk.@Nullable Choice add(OpenAiChunk piece) {
        model = piece.model.isEmpty() ? model : piece.model;
        createdAt = piece.createdAt == null ? createdAt : piece.createdAt;
        usage = piece.usage == null ? usage : piece.usage;
        OpenAiChunk.Choice choice = piece.choice;
        if (choice != null) {
            choice.toolCalls.forEach(toolCalls::add);
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

        Decoder(ChunkFactory<C> chunks) {
            this(new OpenAiResponseAssembler(), chunks);
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
        public C decodeWhole(byte[] body) {
            return chunks.create(state, state.addWhole(body), state.completion());
        }
    }

    /**
     * Puts tool calls together from their pieces.
     *
     * <p>A piece belongs to the latest call of its index, unless it brings another id: some versions of Ollama give every
     * call the index 0. A piece without an index belongs to the latest call, unless it brings an id.
     */
    private static final class ToolCallAssembler {

        private final List<ToolCallAssembly> calls = new ArrayList<>();

        void add(OpenAiChunk.ToolCallDelta piece) {
            ToolCallAssembly call = find(piece);
            if (call == null) {
                call = new ToolCallAssembly(piece.index, piece.id);
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
            return calls.stream().map(ToolCallAssembly::build).toList();
        }

        private @Nullable ToolCallAssembly find(OpenAiChunk.ToolCallDelta piece) {
            for (ToolCallAssembly call : calls.reversed()) {
                if (piece.index == null || Objects.equals(call.index, piece.index)) {
                    return call.mayContinueWith(piece) ? call : null;
                }
            }
            return null;
        }

        private static final class ToolCallAssembly {

            private final @Nullable Integer index;
            private final StringBuilder arguments = new StringBuilder();
            private String id;
            private String name = "";

            private ToolCallAssembly(@Nullable Integer index, String id) {
                this.index = index;
                this.id = id;
            }

            private boolean mayContinueWith(OpenAiChunk.ToolCallDelta piece) {
                if (piece.id.isEmpty() || piece.id.equals(id)) {
                    return true;
                }
                return id.isEmpty() && piece.index != null;
            }

            private void add(OpenAiChunk.ToolCallDelta piece) {
                id = id.isEmpty() ? piece.id : id;
                name = name.isEmpty() ? piece.name : name;
                arguments.append(piece.arguments);
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
}
