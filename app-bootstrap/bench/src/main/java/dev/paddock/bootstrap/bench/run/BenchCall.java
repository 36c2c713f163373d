package dev.paddock.bootstrap.bench.run;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.bench.run.Sample.AnsweredRequest;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.PromptSettings;
import dev.paddock.domain.model.generation.Role;
import dev.paddock.ports.llm.LlmPort;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A request of a benchmark, with a fixed seed and a limited answer. Equal requests may thus have stored answers.
 *
 * @param kind the kind of request
 * @param model the model
 * @param messages the conversation, with the prompt as its last message
 * @param outputTokens the maximum number of tokens in the answer
 * @param clock measures the chunks of a stream
 */
record BenchCall(WorkloadKind kind, ModelName model, List<Message> messages, int outputTokens, LoadClock clock) {

    BenchCall {
        requireNonNull(kind, "kind");
        requireNonNull(model, "model");
        messages = List.copyOf(messages);
        requireNonNull(clock, "clock");
    }

    /**
     * Sends the request once and reads the whole answer.
     *
     * @throws dev.paddock.domain.error.LlmException if there is no complete answer
     */
    AnsweredRequest send(LlmPort llm, CallContext context) {
        return switch (kind) {
            case GENERATE -> {
                GenerateResponse response = llm.generate(generateRequest(), context);
                yield answered("", response.completion());
            }
            case CHAT -> {
                ChatResponse response = llm.chat(chatRequest(), context);
                yield answered(response.text(), response.completion());
            }
            case STREAM -> readAll(llm.chatStream(chatRequest(), context));
            case EMBED ->
                AnsweredRequest.ofTexts(
                        count(llm.embed(EmbedRequest.of(model.value(), prompt()), context).usage().prompt()));
        };
    }

    private String prompt() {
        return messages.getLast().content();
    }

    private GenerateRequest generateRequest() {
        GenerateRequest request = GenerateRequest.of(model.value(), prompt()).withSettings(settings());
        Message first = messages.getFirst();
        return first.role() == Role.SYSTEM
                ? request.withPromptSettings(PromptSettings.DEFAULT.withSystem(first.content()))
                : request;
    }

    private ChatRequest chatRequest() {
        return ChatRequest.of(model.value(), messages).withSettings(settings());
    }

    private GenerationSettings settings() {
        return GenerationSettings.builder()
                .options(ModelOptions.NONE.withTemperature(0).withSeed(1).withMaximumTokens(outputTokens))
                .build();
    }

    /** Reads a stream. Chunks without text, such as the first one of some servers and the last one of others, are no tokens. */
    private AnsweredRequest readAll(ResponseStream<ChatChunk> chunks) {
        LongStream.Builder times = LongStream.builder();
        StringBuilder text = new StringBuilder();
        Completion completion = null;
        try (chunks) {
            while (chunks.hasNext()) {
                ChatChunk chunk = chunks.next();
                if (!chunk.text().isEmpty() || chunk.message().thinking() != null) {
                    times.add(clock.now());
                    text.append(chunk.text());
                }
                completion = chunk.completion();
            }
        }
        return answered(text.toString(), completion, times.build().toArray());
    }

    private static AnsweredRequest answered(String text, @Nullable Completion completion, long... chunks) {
        return completion == null
                ? new AnsweredRequest(text, 0, 0, chunks)
                : new AnsweredRequest(text, count(completion.usage().prompt()), count(completion.usage().completion()), chunks);
    }

    private static int count(@Nullable Integer tokens) {
        return tokens == null ? 0 : tokens;
    }
}
