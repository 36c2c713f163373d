package dev.paddock.bootstrap.bench.run;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.Workload;
import dev.paddock.bootstrap.bench.run.Sample.AnsweredRequest;
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

/** The request of a benchmark: the same every time, with a fixed seed and a limited answer. */
final class BenchCall {

    private static final String PROMPT = "Explain in a few words why connections are worth keeping.";
    private static final String[] TEXTS = {
        "A connection is opened.", "A request is sent.", "An answer is read.", "The connection is kept."
    };

    private final Workload workload;
    private final GenerationSettings settings;

    BenchCall(Workload workload) {
        this.workload = requireNonNull(workload, "workload");
        this.settings = GenerationSettings.builder()
                .options(ModelOptions.NONE.withTemperature(0).withSeed(1).withMaximumTokens(workload.tokens()))
                .build();
    }

    /**
     * Sends the request once and reads the whole answer.
     *
     * @throws dev.paddock.domain.error.LlmException if there is no complete answer
     */
    AnsweredRequest send(LlmPort llm, CallContext context) {
        return switch (workload.kind()) {
            case GENERATE -> answered(llm.generate(generateRequest(), context).completion(), null);
            case CHAT -> answered(llm.chat(chatRequest(), context).completion(), null);
            case STREAM -> readAll(llm.chatStream(chatRequest(), context));
            case EMBED ->
                new AnsweredRequest(llm.embed(embedRequest(), context).usage().prompt(), null);
        };
    }

    private GenerateRequest generateRequest() {
        return GenerateRequest.of(workload.model().value(), PROMPT).withSettings(settings);
    }

    private ChatRequest chatRequest() {
        return ChatRequest.of(workload.model().value(), PROMPT).withSettings(settings);
    }

    private EmbedRequest embedRequest() {
        return EmbedRequest.of(workload.model().value(), TEXTS);
    }

    private static AnsweredRequest readAll(ResponseStream<ChatChunk> chunks) {
        Long first = null;
        Completion completion = null;
        try (chunks) {
            while (chunks.hasNext()) {
                ChatChunk chunk = chunks.next();
                first = first == null ? Long.valueOf(System.nanoTime()) : first;
                completion = chunk.completion();
            }
        }
        return answered(completion, first);
    }

    private static AnsweredRequest answered(@Nullable Completion completion, @Nullable Long first) {
        return new AnsweredRequest(completion == null ? null : completion.usage().completion(), first);
    }
}
