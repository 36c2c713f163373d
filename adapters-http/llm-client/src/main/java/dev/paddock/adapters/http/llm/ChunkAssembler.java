package dev.paddock.adapters.http.llm;

import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateOutput;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Role;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes whole answers of their chunks, the last of which has the completion. */
final class ChunkAssembler {

    private ChunkAssembler() {}

    static ChatResponse chat(List<ChatChunk> chunks) {
        ChatChunk last = chunks.getLast();
        Message message = new Message(
                Role.ASSISTANT,
                text(chunks, ChatChunk::text),
                emptyAsNull(text(chunks, chunk -> chunk.message().thinking())),
                all(chunks, chunk -> chunk.message().images()),
                all(chunks, chunk -> chunk.message().toolCalls()),
                null);
        return new ChatResponse(
                last.model(), last.createdAt(), message, all(chunks, ChatChunk::logprobs), completion(last.completion()));
    }

    static GenerateResponse generate(List<GenerateChunk> chunks) {
        GenerateChunk last = chunks.getLast();
        GenerateOutput output = new GenerateOutput(
                text(chunks, GenerateChunk::text),
                emptyAsNull(text(chunks, chunk -> chunk.output().thinking())),
                all(chunks, chunk -> chunk.output().toolCalls()),
                last.output().context());
        return new GenerateResponse(
                last.model(), last.createdAt(), output, all(chunks, GenerateChunk::logprobs), completion(last.completion()));
    }

    private static <C> String text(List<C> chunks, Function<C, @Nullable String> text) {
        return chunks.stream().map(text).filter(Objects::nonNull).collect(Collectors.joining());
    }

    private static <C, E> List<E> all(List<C> chunks, Function<C, List<E>> elements) {
        return chunks.stream().map(elements).flatMap(List::stream).toList();
    }

    private static @Nullable String emptyAsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Completion completion(@Nullable Completion completion) {
        if (completion == null) {
            throw new IllegalStateException("the last chunk does not complete the answer");
        }
        return completion;
    }
}
