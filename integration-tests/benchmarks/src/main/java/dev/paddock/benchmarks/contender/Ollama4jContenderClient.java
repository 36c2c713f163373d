package dev.paddock.benchmarks.contender;

import dev.paddock.benchmarks.contender.ContenderClient.CallResult.ChatResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.EmbedResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.StreamResult;
import io.github.ollama4j.Ollama;
import io.github.ollama4j.exceptions.OllamaException;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.chat.OllamaChatResponseModel;
import io.github.ollama4j.models.embed.OllamaEmbedRequest;
import java.io.IOException;
import java.util.List;

/** ollama4j with its defaults. */
final class Ollama4jContenderClient implements ContenderClient {

    private final Ollama ollama;

    Ollama4jContenderClient(String base) {
        ollama = new Ollama(base);
        ollama.setRequestTimeoutSeconds(60);
    }

    @Override
    public ChatResult chat() throws IOException {
        try {
            OllamaChatResponseModel answer = ollama.chat(question(BenchmarkRequests.MODEL), null).getResponseModel();
            return new ChatResult(answer.getMessage().getResponse(), answer.getPromptEvalCount(), answer.getEvalCount());
        } catch (OllamaException failure) {
            throw new IOException(failure);
        }
    }

    @Override
    public StreamResult stream(String model) throws IOException {
        StreamCollector collector = new StreamCollector();
        try {
            OllamaChatResponseModel last = ollama.chat(
                            question(model).withStreaming(),
                            piece -> collector.add(piece.getMessage().getResponse()))
                    .getResponseModel();
            collector.end(last.getEvalCount());
            return collector.answer();
        } catch (OllamaException failure) {
            throw new IOException(failure);
        }
    }

    @Override
    public EmbedResult embed() throws IOException {
        try {
            List<List<Double>> vectors =
                    ollama.embed(new OllamaEmbedRequest(BenchmarkRequests.MODEL, BenchmarkRequests.TEXTS)).getEmbeddings();
            List<Double> last = vectors.getLast();
            return new EmbedResult(vectors, vectors.size(), last.size(), last.getLast().floatValue());
        } catch (OllamaException failure) {
            throw new IOException(failure);
        }
    }

    private static OllamaChatRequest question(String model) {
        return OllamaChatRequest.builder()
                .withModel(model)
                .withMessage(OllamaChatMessageRole.SYSTEM, BenchmarkRequests.SYSTEM)
                .withMessage(OllamaChatMessageRole.USER, BenchmarkRequests.USER);
    }
}
