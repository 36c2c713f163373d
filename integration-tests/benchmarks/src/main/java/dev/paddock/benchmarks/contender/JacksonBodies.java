package dev.paddock.benchmarks.contender;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.List;

/** Records that Jackson binds, which is what most people would write. */
final class JacksonBodies implements Bodies {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectReader ANSWERS = MAPPER.readerFor(Answer.class);
    private static final ObjectReader VECTORS = MAPPER.readerFor(Vectors.class);

    record Message(String role, String content) {}

    record ChatRequest(String model, List<Message> messages, boolean stream) {}

    record EmbedRequest(String model, List<String> input) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answer(
            Message message,
            boolean done,
            @JsonProperty("prompt_eval_count") int promptTokens,
            @JsonProperty("eval_count") int answerTokens) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Vectors(List<float[]> embeddings) {}

    @Override
    public byte[] chatRequest(String model, boolean stream) throws IOException {
        List<Message> messages =
                List.of(new Message("system", Questions.SYSTEM), new Message("user", Questions.USER));
        return MAPPER.writeValueAsBytes(new ChatRequest(model, messages, stream));
    }

    @Override
    public byte[] embedRequest() throws IOException {
        return MAPPER.writeValueAsBytes(new EmbedRequest(Questions.MODEL, Questions.TEXTS));
    }

    @Override
    public ChatAnswer chatAnswer(byte[] bytes, int offset, int length) throws IOException {
        Answer answer = ANSWERS.readValue(bytes, offset, length);
        return new ChatAnswer(answer.message().content(), answer.promptTokens(), answer.answerTokens());
    }

    @Override
    public Piece piece(byte[] bytes, int offset, int length) throws IOException {
        Answer answer = ANSWERS.readValue(bytes, offset, length);
        return new Piece(answer.message().content(), answer.answerTokens());
    }

    @Override
    public EmbedAnswer embedAnswer(byte[] bytes, int offset, int length) throws IOException {
        Vectors vectors = VECTORS.readValue(bytes, offset, length);
        return EmbedAnswer.of(vectors.embeddings());
    }
}
