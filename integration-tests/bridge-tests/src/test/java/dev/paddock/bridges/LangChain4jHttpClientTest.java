package dev.paddock.bridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.paddock.adapters.http.bridge.langchain4j.PaddockHttpClientBuilder;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.testsupport.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** LangChain4j's modules for Ollama and OpenAI, unmodified, over the connections and policies of Paddock. */
class LangChain4jHttpClientTest {

    private static final String QUESTION = "Why is the sky blue?";

    private final ServerAndClient both = ServerAndClient.start(200, Duration.ofMillis(1));

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void ollama_chat_sharesTheConnectionsOfThePool() {
        OllamaChatModel model = OllamaChatModel.builder()
                .httpClientBuilder(http())
                .baseUrl(both.url())
                .modelName(ServerAndClient.MODEL)
                .build();

        assertThat(model.chat(QUESTION)).isNotBlank();
        assertThat(both.paddock().llm().chat(ChatRequest.of(ServerAndClient.MODEL, QUESTION)).text()).isNotBlank();
        assertThat(model.chat(QUESTION)).isNotBlank();

        assertThat(both.server().counters().requestsTo("/api/chat")).isEqualTo(3);
        assertThat(both.server().counters().connectionsAccepted()).isEqualTo(1);
        assertThat(both.paddock().circuitBreakers().circuits()).extracting(Circuit::model).contains(ServerAndClient.MODEL);
    }

    @Test
    void ollama_stream_arrivesInPieces() throws Exception {
        StreamedChat answer = new StreamedChat(false);

        streaming(http()).chat(QUESTION, answer);

        ChatResponse whole = answer.whole.get(30, TimeUnit.SECONDS);
        assertThat(answer.pieces).hasSizeGreaterThan(10);
        assertThat(whole.aiMessage().text()).isEqualTo(String.join("", answer.pieces));
        assertThat(whole.tokenUsage().outputTokenCount()).isPositive();
    }

    @Test
    void ollama_streamCancelled_stopsTheModel() throws Exception {
        Latch held = new Latch();
        both.server().faults().enqueue(FaultScript.on("/api/chat").then(new Fault.HoldLines(3, held)));
        StreamedChat answer = new StreamedChat(true);

        streaming(http()).chat(QUESTION, answer);

        Eventually.open(answer.cancelled);
        assertThat(both.server().awaitDisconnect(Eventually.PATIENCE)).isTrue();
        held.open();
        Eventually.await(() -> both.paddock().pool().pools().getFirst().usage().leased() == 0);
    }

    @Test
    void ollama_streamCut_isAnError() {
        both.server().faults().enqueue(FaultScript.on("/api/chat").then(new Fault.CutLine(3, TcpClose.RESET)));
        StreamedChat answer = new StreamedChat(false);

        streaming(http()).chat(QUESTION, answer);

        assertThat(answer.whole).failsWithin(Eventually.PATIENCE).withThrowableThat().withStackTraceContaining("dev.paddock.domain.error");
        assertThat(answer.pieces).isNotEmpty();
    }

    @Test
    void ollama_streamTruncated_isAnErrorAndNoShortAnswer() {
        both.server().faults().enqueue(FaultScript.on("/api/chat").then(new Fault.Truncate(3)));
        StreamedChat answer = new StreamedChat(false);

        streaming(http()).chat(QUESTION, answer);

        assertThat(answer.whole)
                .failsWithin(Eventually.PATIENCE)
                .withThrowableThat()
                .withRootCauseInstanceOf(TruncatedResponseException.class);
    }

    @Test
    void ollama_serverBusyTwice_isRetriedByPaddock() {
        both.server().faults().enqueue(FaultScript.on("/api/chat").times(2).then(Fault.busy()));
        OllamaChatModel model = OllamaChatModel.builder()
                .httpClientBuilder(http())
                .baseUrl(both.url())
                .modelName(ServerAndClient.MODEL)
                .maxRetries(0)
                .build();

        assertThat(model.chat(QUESTION)).isNotBlank();
        assertThat(both.server().counters().requestsTo("/api/chat")).isEqualTo(3);
    }

    @Test
    void ollama_modelMissing_hasLangChain4jsException() {
        OllamaChatModel model =
                OllamaChatModel.builder().httpClientBuilder(http()).baseUrl(both.url()).modelName("missing").build();

        assertThatThrownBy(() -> model.chat(QUESTION)).isInstanceOf(ModelNotFoundException.class).hasMessageContaining("missing");
    }

    @Test
    void ollama_silentServer_timesOutByLangChain4jsTimeout() {
        both.server().faults().enqueue(FaultScript.on("/api/chat").times(20).then(new Fault.Stall(0)));
        OllamaChatModel model = OllamaChatModel.builder()
                .httpClientBuilder(http())
                .baseUrl(both.url())
                .modelName(ServerAndClient.MODEL)
                .timeout(Duration.ofMillis(200))
                .maxRetries(0)
                .build();

        assertThatThrownBy(() -> model.chat(QUESTION)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void ollama_embed_texts() {
        OllamaEmbeddingModel model = OllamaEmbeddingModel.builder()
                .httpClientBuilder(http())
                .baseUrl(both.url())
                .modelName(ServerAndClient.EMBEDDING_MODEL)
                .build();

        assertThat(model.embedAll(List.of(TextSegment.from("one"), TextSegment.from("two"))).content())
                .hasSize(2)
                .allSatisfy(vector -> assertThat(vector.dimension()).isEqualTo(ServerAndClient.DIMENSIONS));
    }

    @Test
    void openAi_chatStreamAndEmbeddings() throws Exception {
        OpenAiChatModel chat = OpenAiChatModel.builder()
                .httpClientBuilder(http())
                .baseUrl(both.url() + "/v1")
                .apiKey("own-key")
                .modelName(ServerAndClient.MODEL)
                .build();
        OpenAiStreamingChatModel streaming = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(http())
                .baseUrl(both.url() + "/v1")
                .apiKey("own-key")
                .modelName(ServerAndClient.MODEL)
                .build();
        OpenAiEmbeddingModel embedding = OpenAiEmbeddingModel.builder()
                .httpClientBuilder(http())
                .baseUrl(both.url() + "/v1")
                .apiKey("own-key")
                .modelName(ServerAndClient.EMBEDDING_MODEL)
                .build();
        StreamedChat answer = new StreamedChat(false);

        assertThat(chat.chat(QUESTION)).isNotBlank();
        streaming.chat(QUESTION, answer);
        assertThat(answer.whole.get(30, TimeUnit.SECONDS).aiMessage().text()).isEqualTo(String.join("", answer.pieces));
        assertThat(answer.pieces).hasSizeGreaterThan(10);
        assertThat(embedding.embed("one").content().dimension()).isEqualTo(ServerAndClient.DIMENSIONS);
        assertThat(both.server().requests()).allSatisfy(request -> assertThat(request.header("Authorization")).contains("Bearer own-key"));
        assertThat(both.server().counters().connectionsAccepted()).isEqualTo(1);
        assertThat(both.paddock().circuitBreakers().circuits()).extracting(Circuit::model).contains(ServerAndClient.MODEL);
    }

    @Test
    void execute_otherServer_isRefusedBeforeAnythingIsSent() {
        HttpRequest request = HttpRequest.builder()
                .method(HttpMethod.POST)
                .url("http://127.0.0.1:1/api/chat")
                .addHeader("Authorization", "Bearer secret")
                .body("{}")
                .build();

        assertThatThrownBy(() -> http().build().execute(request))
                .hasRootCauseInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("this client was made for " + both.url());
        assertThat(both.server().counters().connectionsAccepted()).isZero();
    }

    @Test
    void execute_form_isSentAsMultipart() {
        HttpRequest request = HttpRequest.builder()
                .method(HttpMethod.POST)
                .url(both.url() + "/v1/audio/transcriptions")
                .addHeader("Content-Type", "multipart/form-data")
                .addFormDataField("model", "whisper")
                .addFormDataFile("file", "a\"b.wav", "audio/wav", new byte[] {1, 2, 3})
                .build();

        assertThatThrownBy(() -> http().build().execute(request)).isInstanceOf(HttpException.class);
        assertThat(both.server().requests()).singleElement().satisfies(received -> {
            assertThat(received.header("Content-Type")).hasValueSatisfying(type -> assertThat(type).contains("boundary=paddock-"));
            assertThat(received.body())
                    .contains("name=\"model\"\r\n\r\nwhisper\r\n")
                    .contains("filename=\"a%22b.wav\"\r\nContent-Type: audio/wav\r\n\r\n\u0001\u0002\u0003\r\n--paddock-");
        });
    }

    @Test
    void execute_listenerThrows_streamGoesOn() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        List<String> events = new CopyOnWriteArrayList<>();
        HttpRequest request = HttpRequest.builder()
                .method(HttpMethod.POST)
                .url(both.url() + "/v1/chat/completions")
                .addHeader("Content-Type", "application/json")
                .body("{\"model\":\"llama3.2\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}")
                .build();

        http().build().execute(request, new DefaultServerSentEventParser(), new ServerSentEventListener() {

            @Override
            public void onOpen(SuccessfulHttpResponse response) {
                throw new IllegalStateException("open");
            }

            @Override
            public void onEvent(ServerSentEvent event) {
                events.add(event.data());
                throw new IllegalStateException("event");
            }

            @Override
            public void onError(Throwable failure) {
                events.add(failure.toString());
            }

            @Override
            public void onClose() {
                closed.countDown();
                throw new IllegalStateException("close");
            }
        });

        Eventually.open(closed);
        assertThat(events).hasSizeGreaterThan(10).doesNotContain("java.lang.IllegalStateException: open").last().isEqualTo("[DONE]");
    }

    private PaddockHttpClientBuilder http() {
        return new PaddockHttpClientBuilder(both.paddock().exchange(), both.baseUrl());
    }

    private StreamingChatModel streaming(PaddockHttpClientBuilder http) {
        return OllamaStreamingChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(both.url())
                .modelName(ServerAndClient.MODEL)
                .build();
    }
}
