package dev.paddock.adapters.http.llm;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.adapters.http.wire.EmbedCodec;
import dev.paddock.adapters.http.wire.GenerationCodec;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.LlmPort;

/** Asks models by exchanges with a server, in the server's dialect. Holds no connection and no thread; thread-safe. */
public final class HttpLlmAdapter implements LlmPort {

    private static final ExchangeStream.ChunkView<ChatChunk> CHAT_PIECES =
            new ExchangeStream.ChunkView<>(ChatChunk::text, chunk -> chunk.completion() != null);
    private static final ExchangeStream.ChunkView<GenerateChunk> GENERATE_PIECES =
            new ExchangeStream.ChunkView<>(GenerateChunk::text, chunk -> chunk.completion() != null);

    private final ExchangeCaller caller;
    private final Dialect dialect;

    /** Creates the adapter for servers that are reached by the given port and speak the given dialect. */
    public HttpLlmAdapter(ExchangePort exchanges, Dialect dialect) {
        this.caller = new ExchangeCaller(requireNonNull(exchanges, "exchanges"));
        this.dialect = requireNonNull(dialect, "dialect");
    }

    @Override
    public ChatResponse chat(ChatRequest request, CallContext context) {
        GenerationCodec<ChatRequest, ChatChunk, ChatResponse> codec = dialect.chat();
        return caller.generate(
                codec.encode(request, false), context, new WholeAnswer<>(codec, CHAT_PIECES, ChunkAssembler::chat));
    }

    @Override
    public ResponseStream<ChatChunk> chatStream(ChatRequest request, CallContext context) {
        GenerationCodec<ChatRequest, ChatChunk, ChatResponse> codec = dialect.chat();
        return new ExchangeStream<>(caller.open(codec.encode(request, true), context), codec.chunkDecoder(), CHAT_PIECES);
    }

    @Override
    public GenerateResponse generate(GenerateRequest request, CallContext context) {
        GenerationCodec<GenerateRequest, GenerateChunk, GenerateResponse> codec = dialect.generate();
        return caller.generate(
                codec.encode(request, false), context, new WholeAnswer<>(codec, GENERATE_PIECES, ChunkAssembler::generate));
    }

    @Override
    public ResponseStream<GenerateChunk> generateStream(GenerateRequest request, CallContext context) {
        GenerationCodec<GenerateRequest, GenerateChunk, GenerateResponse> codec = dialect.generate();
        return new ExchangeStream<>(caller.open(codec.encode(request, true), context), codec.chunkDecoder(), GENERATE_PIECES);
    }

    /**
     * {@inheritDoc}
     *
     * @throws MalformedResponseException also if there are more or fewer vectors than texts
     */
    @Override
    public EmbedResponse embed(EmbedRequest request, CallContext context) {
        EmbedCodec codec = dialect.embed();
        return caller.call(
                codec.encode(request),
                context,
                Bodies.VECTOR_LIMIT,
                body -> requireOneEach(request, codec.decode(body)));
    }

    private static EmbedResponse requireOneEach(EmbedRequest request, EmbedResponse response) {
        int texts = request.input().size();
        int vectors = response.embeddings().size();
        if (texts != vectors) {
            throw new MalformedResponseException(
                    "the server gave " + vectors + " vectors for " + texts + " texts", ErrorFacts.NONE);
        }
        return response;
    }
}
