package dev.paddock.benchmarks.contender;

import dev.paddock.benchmarks.contender.ContenderClient.CallResult.ChatResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.EmbedResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.StreamResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.ollama.api.OllamaEmbeddingOptions;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Spring AI with its defaults, over the transports that it is given. By itself it would take HttpClient 5 with five connections when it
 * sees it on the class path; without that, it takes the JDK's client.
 */
final class SpringAiContenderClient implements ContenderClient {

    private final OllamaChatModel chat;
    private final OllamaEmbeddingModel embed;

    SpringAiContenderClient(String base, ClientHttpRequestFactory calls, ClientHttpConnector streams) {
        OllamaApi api = OllamaApi.builder()
                .baseUrl(base)
                .restClientBuilder(RestClient.builder().requestFactory(calls))
                .webClientBuilder(WebClient.builder().clientConnector(streams))
                .build();
        chat = OllamaChatModel.builder()
                .ollamaApi(api)
                .options(OllamaChatOptions.builder().model(BenchmarkRequests.MODEL).build())
                .build();
        embed = OllamaEmbeddingModel.builder()
                .ollamaApi(api)
                .options(OllamaEmbeddingOptions.builder().model(BenchmarkRequests.MODEL).build())
                .build();
    }

    @Override
    public ChatResult chat() {
        ChatResponse response = chat.call(question(BenchmarkRequests.MODEL));
        return new ChatResult(text(response), response.getMetadata().getUsage().getPromptTokens(), tokens(response));
    }

    @Override
    public StreamResult stream(String model) {
        StreamCollector collector = new StreamCollector();
        for (ChatResponse response : chat.stream(question(model)).toIterable()) {
            collector.add(text(response));
            if (tokens(response) > 0) {
                collector.end(tokens(response));
            }
        }
        return collector.answer();
    }

    @Override
    public EmbedResult embed() {
        EmbeddingResponse response = embed.call(new EmbeddingRequest(
                BenchmarkRequests.TEXTS, OllamaEmbeddingOptions.builder().model(BenchmarkRequests.MODEL).build()));
        float[] last = response.getResults().getLast().getOutput();
        return EmbedResult.of(response, response.getResults().size(), last);
    }

    private static Prompt question(String model) {
        return new Prompt(
                List.of(new SystemMessage(BenchmarkRequests.SYSTEM), new UserMessage(BenchmarkRequests.USER)),
                OllamaChatOptions.builder().model(model).build());
    }

    private static String text(ChatResponse response) {
        @Nullable String text = response.getResults().getFirst().getOutput().getText();
        return text == null ? "" : text;
    }

    private static int tokens(ChatResponse response) {
        return response.getMetadata().getUsage().getCompletionTokens();
    }
}
