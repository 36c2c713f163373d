package dev.paddock.example.spring;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.Embedding;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.ports.llm.LlmPort;
import java.io.IOException;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Answers questions as a whole and as server-sent events, and embeds texts. */
@RestController
final class ChatController {

    private final LlmPort llm;
    private final AsyncTaskExecutor executor;
    private final String model;
    private final String embeddingModel;

    /** Creates the controller; with {@code spring.threads.virtual.enabled} the executor has a virtual thread for each stream. */
    ChatController(
            LlmPort llm,
            AsyncTaskExecutor applicationTaskExecutor,
            @Value("${chat.model}") String model,
            @Value("${chat.embedding-model}") String embeddingModel) {
        this.llm = llm;
        this.executor = applicationTaskExecutor;
        this.model = model;
        this.embeddingModel = embeddingModel;
    }

    @PostMapping("/chat")
    Answer chat(@RequestBody Question question) {
        return new Answer(llm.chat(ChatRequest.of(model, question.text())).text());
    }

    @PostMapping(path = "/chat/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(@RequestBody Question question) {
        SseEmitter emitter = new SseEmitter(0L); // the timeouts of the client are enough
        executor.execute(() -> send(ChatRequest.of(model, question.text()), emitter));
        return emitter;
    }

    /** Sends each piece as an event. When the browser has left, sending fails; closing the stream stops the model. */
    private void send(ChatRequest request, SseEmitter emitter) {
        try (ResponseStream<ChatChunk> stream = llm.chatStream(request)) {
            while (stream.hasNext()) {
                emitter.send(SseEmitter.event().data(stream.next().text()));
            }
            emitter.complete();
        } catch (IOException | LlmException failure) {
            emitter.completeWithError(failure);
        }
    }

    @PostMapping("/embeddings")
    List<float[]> embed(@RequestBody List<String> texts) {
        return llm.embed(EmbedRequest.of(embeddingModel, texts.toArray(String[]::new))).embeddings().stream().map(Embedding::vector).toList();
    }

    @ExceptionHandler
    ProblemDetail failed(LlmException failure) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, failure.getMessage());
        problem.setProperty("kind", failure.kind().label());
        return problem;
    }

    /** What a user asks. */
    record Question(String text) {}

    /** What the model answers. */
    record Answer(String text) {}
}
