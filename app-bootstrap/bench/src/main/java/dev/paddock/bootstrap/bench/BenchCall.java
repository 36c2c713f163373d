package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.RequestOutcome.AnsweredRequest;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.ports.llm.LlmPort;
import org.jspecify.annotations.Nullable;

/** Asks the question of a benchmark; as repeatable as a model can be, and never with an answer of any length. */
final class BenchCall {

    private static final String PROMPT = "Explain in a few words why connections are worth keeping.";
    private static final String[] TEXTS = {
        "A connection is opened.", "A request is sent.", "An answer is read.", "The connection is kept."
    };

    private final Workload question;
    private final GenerationSettings settings;

    BenchCall(Workload question) {
        this.question = requireNonNull(question, "question");
        this.settings = GenerationSettings.builder()
                .options(ModelOptions.NONE.withTemperature(0).withSeed(1).withMaximumTokens(question.tokens()))
                .build();
    }

    /**
     * Asks once and takes the whole answer.
     *
     * @throws dev.paddock.domain.error.LlmException if there is no complete answer
     */
    AnsweredRequest ask(LlmPort llm, CallContext context) {
        return switch (question.kind()) {
            case GENERATE -> answered(llm.generate(generateRequest(), context).completion(), null);
            case CHAT -> answered(llm.chat(chatRequest(), context).completion(), null);
            case STREAM -> takeAll(llm.chatStream(chatRequest(), context));
            case EMBED ->
                new AnsweredRequest(llm.embed(embedRequest(), context).usage().prompt(), null);
        };
    }

    private GenerateRequest generateRequest() {
        return GenerateRequest.of(question.model().value(), PROMPT).withSettings(settings);
    }

    private ChatRequest chatRequest() {
        return ChatRequest.of(question.model().value(), PROMPT).withSettings(settings);
    }

    private EmbedRequest embedRequest() {
        return EmbedRequest.of(question.model().value(), TEXTS);
    }

    private static AnsweredRequest takeAll(ResponseStream<ChatChunk> pieces) {
        Long first = null;
        Completion completion = null;
        try (pieces) {
            while (pieces.hasNext()) {
                ChatChunk piece = pieces.next();
                first = first == null ? Long.valueOf(System.nanoTime()) : first;
                completion = piece.completion();
            }
        }
        return answered(completion, first);
    }

    private static AnsweredRequest answered(@Nullable Completion completion, @Nullable Long first) {
        return new AnsweredRequest(completion == null ? null : completion.usage().completion(), first);
    }
}
