package dev.paddock.bridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.bridge.spring.PaddockClientHttpConnector;
import dev.paddock.adapters.http.bridge.spring.PaddockClientHttpRequestFactory;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import dev.paddock.testsupport.Eventually;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.ollama.api.OllamaEmbeddingOptions;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.http.MediaType;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;

/** Spring's clients and Spring AI's module for Ollama, unmodified, over the connections and policies of Paddock. */
class SpringBridgeTest {

    private static final int MANY = 5_000;
    private static final String QUESTION = "Why is the sky blue?";
    private static final String CHAT = "{\"model\":\"" + ServerAndClient.MODEL + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}";

    private final ServerAndClient both = ServerAndClient.start(MANY, Duration.ofNanos(100_000));
    private final RestClient.Builder rest = RestClient.builder()
            .requestFactory(new PaddockClientHttpRequestFactory(both.paddock().exchange(), both.baseUrl()));
    private final WebClient.Builder web = WebClient.builder()
            .clientConnector(new PaddockClientHttpConnector(both.paddock().exchange(), both.baseUrl()));

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void springAi_chat_sharesTheConnectionsOfThePool() {
        OllamaChatModel model = chatModel();

        assertThat(model.call(QUESTION)).isNotBlank();
        assertThat(model.call(QUESTION)).isNotBlank();

        assertThat(both.server().counters().requestsTo("/api/chat")).isEqualTo(2);
        assertThat(both.server().counters().connectionsAccepted()).isEqualTo(1);
    }

    @Test
    void springAi_stream_arrivesInPieces() {
        List<ChatResponse> pieces = chatModel().stream(new Prompt(QUESTION)).collectList().block(Eventually.PATIENCE);

        assertThat(pieces).hasSizeGreaterThan(10);
        assertThat(pieces.getLast().getMetadata().getUsage().getCompletionTokens()).isPositive();
        assertThat(both.server().counters().disconnects()).isZero();
    }

    /** Spring AI itself passes a cancellation on with a later piece, so the server goes on sending here. */
    @Test
    void springAi_streamCancelled_stopsTheModel() throws Exception {
        both.server().faults().enqueue(FaultScript.on("/api/chat").then(new Fault.SlowDrip(Duration.ofNanos(100_000)))); // does not end by itself soon
        BlockingQueue<ChatResponse> pieces = new LinkedBlockingQueue<>();
        Disposable subscription = chatModel().stream(new Prompt(QUESTION)).subscribe(pieces::add);
        assertThat(Eventually.next(pieces)).isNotNull();

        subscription.dispose();

        assertThat(both.server().awaitDisconnect(Eventually.PATIENCE)).isTrue();
        Eventually.await(() -> both.paddock().pool().pools().getFirst().usage().leased() == 0);
    }

    @Test
    void webClient_cancelledWhileThePieceIsAwaited_stopsTheModel() throws Exception {
        Latch held = new Latch();
        both.server().faults().enqueue(FaultScript.on("/api/chat").then(new Fault.HoldLines(1, held)));
        AtomicInteger pulls = new AtomicInteger();
        try (Paddock paddock = Paddock.builder().set("paddock.base-url", both.url()).decorator(counting(pulls)).build()) {
            Disposable subscription = WebClient.builder()
                    .clientConnector(new PaddockClientHttpConnector(paddock.exchange(), both.baseUrl()))
                    .build().post().uri(both.url() + "/api/chat").contentType(MediaType.APPLICATION_JSON).bodyValue(CHAT)
                    .retrieve().bodyToFlux(DataBuffer.class).subscribe();
            Eventually.await("the second piece is waited for", () -> pulls.get() == 2);

            subscription.dispose();

            assertThat(both.server().awaitDisconnect(Eventually.PATIENCE)).isTrue();
            held.open();
            Eventually.await(() -> paddock.pool().pools().getFirst().usage().leased() == 0);
        }
    }

    private static ExchangeDecorator counting(AtomicInteger pulls) {
        return ExchangeDecorator.of(Stage.MEASURE, delegate -> (request, context) -> new ForwardingExchange(delegate.open(request, context)) {

            @Override
            public @Nullable Frame next() {
                pulls.incrementAndGet();
                return super.next();
            }
        });
    }

    @Test
    void springAi_embed_texts() {
        OllamaEmbeddingModel model = OllamaEmbeddingModel.builder()
                .ollamaApi(api())
                .options(OllamaEmbeddingOptions.builder().model(ServerAndClient.EMBEDDING_MODEL).build())
                .build();

        assertThat(model.embed(List.of("one", "two"))).hasSize(2).allSatisfy(vector -> assertThat(vector).hasSize(ServerAndClient.DIMENSIONS));
    }

    @Test
    void springAi_serverBusyTwice_isRetriedByPaddock() {
        both.server().faults().enqueue(FaultScript.on("/api/chat").times(2).then(Fault.busy()));

        assertThat(chatModel().call(QUESTION)).isNotBlank();
        assertThat(both.server().counters().requestsTo("/api/chat")).isEqualTo(3);
    }

    @Test
    void restClient_status_isThatOfTheServer() {
        assertThatThrownBy(() -> post("/api/chat", "{\"model\":\"missing\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"))
                .isInstanceOf(HttpClientErrorException.NotFound.class)
                .hasMessageContaining("missing");
    }

    @Test
    void restClient_truncatedStream_isAFailure() {
        both.server().faults().enqueue(FaultScript.on("/api/chat").then(new Fault.Truncate(3)));

        assertThatThrownBy(() -> post("/api/chat", CHAT)).hasRootCauseInstanceOf(TruncatedResponseException.class);
    }

    @Test
    void restClient_otherServer_isRefused() {
        assertThatThrownBy(() -> rest.build().get().uri("http://127.0.0.1:1/api/tags").retrieve().body(String.class))
                .isInstanceOf(ResourceAccessException.class)
                .hasRootCauseInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/../admin", "/api/%2e%2E/admin", "/..", "/api/..%2fadmin"})
    void restClient_dotSegments_areRefused(String path) {
        assertThatThrownBy(() -> rest.build().get().uri(URI.create(both.url() + path)).retrieve().body(String.class))
                .hasRootCauseInstanceOf(InvalidRequestException.class);
        assertThat(both.server().counters().connectionsAccepted()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "api-key", "Cookie", "X-Api-Key"})
    void restClient_otherKey_getsNoStoredAnswer(String field) {
        try (Paddock paddock = Paddock.builder()
                .set("paddock.base-url", both.url()).set("paddock.cache.enabled", "true").set("paddock.cache.models.version", "name").build()) {
            RestClient client = client(paddock);

            String first = ask(client, field, "Bearer one");
            assertThat(ask(client, field, "Bearer one")).isEqualTo(first);
            assertThat(both.server().counters().requestsTo("/api/chat")).isEqualTo(1);
            assertThat(ask(client, field, "Bearer two")).isNotBlank();

            assertThat(both.server().counters().requestsTo("/api/chat")).isEqualTo(2);
            assertThat(both.server().requests().getLast().headers().toString()).contains("Bearer two").doesNotContain("Bearer one");
        }
    }

    @Test
    void restClient_otherKey_sharesNoCallInProgress() throws Exception {
        Latch held = new Latch();
        both.server().faults().enqueue(FaultScript.on("/api/chat").then(new Fault.Hold(held)));
        try (Paddock paddock = Paddock.builder().set("paddock.base-url", both.url()).set("paddock.single-flight.enabled", "true").build()) {
            RestClient client = client(paddock);
            CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> ask(client, "Authorization", "Bearer one"), Thread::startVirtualThread);
            assertThat(held.awaitArrival(Eventually.PATIENCE)).isTrue();

            CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> ask(client, "Authorization", "Bearer two"), Thread::startVirtualThread);

            assertThat(second).succeedsWithin(Eventually.PATIENCE);
            held.open();
            assertThat(first).succeedsWithin(Eventually.PATIENCE);
            assertThat(both.server().counters().requestsTo("/api/chat")).isEqualTo(2);
        }
    }

    private RestClient client(Paddock paddock) {
        return RestClient.builder().requestFactory(new PaddockClientHttpRequestFactory(paddock.exchange(), both.baseUrl())).build();
    }

    private String ask(RestClient client, String field, String key) {
        return client.post().uri(both.url() + "/api/chat").header(field, key).contentType(MediaType.APPLICATION_JSON)
                .body(CHAT.replace("{\"model\"", "{\"stream\":false,\"options\":{\"temperature\":0,\"num_predict\":5},\"model\""))
                .retrieve().body(String.class);
    }

    @Test
    void restClient_responseLeft_stopsTheModel() throws Exception {
        both.server().faults().enqueue(FaultScript.on("/api/chat").then(new Fault.SlowDrip(Duration.ofNanos(100_000)))); // does not end by itself soon
        String first = rest.build().post().uri(both.url() + "/api/chat").contentType(MediaType.APPLICATION_JSON).body(CHAT)
                .exchange((request, response) -> new String(response.getBody().readNBytes(10), StandardCharsets.UTF_8));

        assertThat(first).startsWith("{\"model\":");
        assertThat(both.server().awaitDisconnect(Eventually.PATIENCE)).isTrue();
    }

    @Test
    void webClient_cancelledBeforeTheHead_stopsTheModel() throws Exception {
        Latch held = new Latch();
        both.server().faults().enqueue(FaultScript.on("/api/chat").then(new Fault.Hold(held)));
        Disposable subscription = web.build().post().uri(both.url() + "/api/chat").contentType(MediaType.APPLICATION_JSON).bodyValue(CHAT)
                .retrieve().bodyToMono(String.class).subscribe(text -> {}, failure -> {});
        assertThat(held.awaitArrival(Eventually.PATIENCE)).isTrue();

        subscription.dispose();

        assertThat(both.server().awaitDisconnect(Eventually.PATIENCE)).isTrue();
        held.open();
        Eventually.await(() -> both.paddock().pool().pools().getFirst().usage().leased() == 0);
    }

    @Test
    void webClient_subscriberAsksForOne_restWaits() throws Exception {
        both.server().faults().enqueue(FaultScript.on("/api/chat").then(new Fault.SlowDrip(Duration.ofNanos(100_000)))); // does not end by itself soon
        web.build().post().uri(both.url() + "/api/chat").contentType(MediaType.APPLICATION_JSON).bodyValue(CHAT)
                .retrieve().bodyToFlux(DataBuffer.class).take(1).blockLast(Eventually.PATIENCE);

        assertThat(both.server().awaitDisconnect(Eventually.PATIENCE)).isTrue();
        Eventually.await(() -> both.paddock().pool().pools().getFirst().usage().leased() == 0);
    }

    private String post(String path, String body) {
        return rest.build().post().uri(both.url() + path).contentType(MediaType.APPLICATION_JSON).body(body).retrieve().body(String.class);
    }

    private OllamaApi api() {
        return OllamaApi.builder().baseUrl(both.url()).restClientBuilder(rest).webClientBuilder(web).build();
    }

    private OllamaChatModel chatModel() {
        return OllamaChatModel.builder()
                .ollamaApi(api())
                .options(OllamaChatOptions.builder().model(ServerAndClient.MODEL).build())
                .retryTemplate(new RetryTemplate(RetryPolicy.withMaxRetries(0)))
                .build();
    }
}
