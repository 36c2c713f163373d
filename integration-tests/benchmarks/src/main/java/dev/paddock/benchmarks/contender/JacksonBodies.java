package dev.paddock.benchmarks.contender;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.paddock.benchmarks.contender.Bodies.StreamChunk;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.ChatResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.EmbedResult;
import java.io.IOException;
import java.util.List;

/** Records that Jackson binds, which is what most people would write. */
final class JacksonBodies implements Bodies {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectReader ANSWERS = MAPPER.readerFor(ChatResponseBody.class);
    private static final ObjectReader VECTORS = MAPPER.readerFor(EmbedResponseBody.class);

    record MessageBody(String role, String content) {}

    record ChatRequestBody(String model, List<MessageBody> messages, boolean stream) {}

    record EmbedRequestBody(String model, List<String> input) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record ChatResponseBody(
            MessageBody message,
            boolean done,
            @JsonProperty("prompt_eval_count") int promptTokens,
            @JsonProperty("eval_count") int answerTokens) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record EmbedResponseBody(List<float[]> embeddings) {}

    @Override
    public byte[] chatRequest(String model, boolean stream) throws IOException {
        List<MessageBody> messages =
                List.of(new MessageBody("system", BenchmarkRequests.SYSTEM), new MessageBody("user", BenchmarkRequests.USER));
        return MAPPER.writeValueAsBytes(new ChatRequestBody(model, messages, stream));
    }

    @Override
    public byte[] embedRequest() throws IOException {
        return MAPPER.writeValueAsBytes(new EmbedRequestBody(BenchmarkRequests.MODEL, BenchmarkRequests.TEXTS));
    }

    @Override
    public ChatResult chatAnswer(byte[] bytes, int offset, int length) throws IOException {
        ChatResponseBody answer = ANSWERS.readValue(bytes, offset, length);
        return new ChatResult(answer.message().content(), answer.promptTokens(), answer.answerTokens());
    }

    @Override
    public StreamChunk piece(byte[] bytes, int offset, int length) throws IOException {
        ChatResponseBody answer = ANSWERS.readValue(bytes, offset, length);
        return new StreamChunk(answer.message().content(), answer.answerTokens());
    }

    @Override
    public EmbedResult embedAnswer(byte[] bytes, int offset, int length) throws IOException {
        EmbedResponseBody vectors = VECTORS.readValue(bytes, offset, length);
        return EmbedResult.of(vectors.embeddings());
    }
}
