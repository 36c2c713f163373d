package dev.paddock.bridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatRequestParameters;
import dev.langchain4j.model.output.FinishReason;
import dev.paddock.adapters.http.bridge.langchain4j.PaddockChatModel;
import dev.paddock.adapters.http.bridge.langchain4j.PaddockEmbeddingModel;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.testsupport.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** LangChain4j's models over {@code LlmPort}. */
class LangChain4jModelsTest {

    private static final String PIXEL = "iVBORw0KGgo=";
    private static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("weather")
            .description("The weather of a town")
            .parameters(JsonObjectSchema.builder().addStringProperty("town").required("town").build())
            .build();

    private final ServerAndClient both = ServerAndClient.start(50, Duration.ofMillis(1));
    private final PaddockChatModel model = new PaddockChatModel(both.paddock().llm(), ServerAndClient.MODEL);

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void chat_question_isAnsweredWithItsMetadata() {
        ChatResponse answer = model.chat(ChatRequest.builder().messages(UserMessage.from("Why?")).temperature(0.5).maxOutputTokens(10).build());

        assertThat(answer.aiMessage().text()).isNotBlank();
        assertThat(answer.modelName()).isEqualTo(ServerAndClient.MODEL);
        assertThat(answer.tokenUsage().outputTokenCount()).isPositive();
        assertThat(answer.finishReason()).isIn(FinishReason.STOP, FinishReason.LENGTH);
        assertThat(sent()).contains("\"temperature\":0.5").contains("\"num_predict\":10");
    }

    @Test
    void chat_conversationWithImageAndTools_isSentWhole() {
        ToolExecutionRequest call = ToolExecutionRequest.builder().id("c1").name("weather").arguments("{\"town\":\"Ulm\"}").build();
        model.chat(ChatRequest.builder()
                .messages(
                        SystemMessage.from("Be short"),
                        UserMessage.from(TextContent.from("What is this?"), ImageContent.from(PIXEL, "image/png")),
                        AiMessage.from(call),
                        ToolExecutionResultMessage.from(call, "sunny"))
                .toolSpecifications(WEATHER)
                .build());

        assertThat(sent())
                .contains("\"role\":\"system\",\"content\":\"Be short\"")
                .contains("\"images\":[\"" + PIXEL + "\"]")
                .contains("\"town\":\"Ulm\"")
                .contains("sunny")
                .contains("\"required\":[\"town\"]");
    }

    @Test
    void chat_jsonSchema_isTheFormat() {
        model.chat(ChatRequest.builder()
                .messages(UserMessage.from("Name one"))
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name("town")
                                .rootElement(JsonObjectSchema.builder().addStringProperty("zip").addStringProperty("area").build())
                                .build())
                        .build())
                .build());

        assertThat(sent()).containsPattern("\"format\":\\{.*\"zip\".*\"area\"");
    }

    @Test
    void chat_whatPaddockCannotExpress_isRefused() {
        UserMessage question = UserMessage.from("Why?");
        assertThatThrownBy(() -> model.chat(
                        ChatRequest.builder().messages(question).toolSpecifications(WEATHER).toolChoice(ToolChoice.REQUIRED).build()))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThatThrownBy(() -> model.chat(UserMessage.from(ImageContent.from("http://127.0.0.1/image.png"))))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThatThrownBy(() -> model.chat(
                        ChatRequest.builder().messages(question).parameters(OllamaChatRequestParameters.builder().minP(0.1).build()).build()))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("OllamaChatRequestParameters");
        assertThatThrownBy(() -> model.chat(ToolExecutionResultMessage.builder()
                        .id("c1").toolName("camera").contents(ImageContent.from(PIXEL, "image/png")).build()))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThat(both.server().counters().connectionsAccepted()).isZero();
    }

    @Test
    void chat_modelMissing_hasLangChain4jsException() {
        ChatModel missing = new PaddockChatModel(both.paddock().llm(), "missing");

        assertThatThrownBy(() -> missing.chat("Why?")).isInstanceOf(ModelNotFoundException.class);
    }

    @Test
    void stream_question_isReportedInPieces() throws Exception {
        StreamedChat answer = new StreamedChat(false);

        model.streaming().chat("Why?", answer);

        ChatResponse whole = answer.whole.get(30, TimeUnit.SECONDS);
        assertThat(answer.pieces).hasSizeGreaterThan(10);
        assertThat(whole.aiMessage().text()).isEqualTo(String.join("", answer.pieces));
        assertThat(whole.tokenUsage().outputTokenCount()).isPositive();
    }

    @Test
    void stream_cancelled_stopsTheModelAndReportsNothingMore() throws Exception {
        Latch held = new Latch();
        both.server().faults().enqueue(FaultScript.on("/api/chat").then(new Fault.HoldLines(3, held)));
        StreamedChat answer = new StreamedChat(true);

        model.streaming().chat("Why?", answer);

        Eventually.open(answer.cancelled);
        assertThat(both.server().awaitDisconnect(Eventually.PATIENCE)).isTrue();
        held.open();
        Eventually.await(() -> both.paddock().pool().pools().getFirst().usage().leased() == 0);
        assertThat(answer.whole).isNotDone();
        assertThat(answer.pieces).hasSize(1);
    }

    @Test
    void stream_handlerThrows_isToldOfItAndGetsTheWholeAnswer() throws Exception {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        AtomicInteger errors = new AtomicInteger();

        model.streaming().chat("Why?", new StreamingChatResponseHandler() {

            @Override
            public void onPartialResponse(String piece) {
                throw new IllegalStateException("a defect of the handler");
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                errors.incrementAndGet();
            }
        });

        assertThat(whole.get(30, TimeUnit.SECONDS).aiMessage().text()).isNotBlank();
        assertThat(errors).hasValueGreaterThan(10);
    }

    @Test
    void embedAll_texts_areEmbeddedInOrder() {
        PaddockEmbeddingModel embedding = new PaddockEmbeddingModel(both.paddock().llm(), ServerAndClient.EMBEDDING_MODEL);

        assertThat(embedding.embedAll(List.of(TextSegment.from("one"), TextSegment.from("two"))).content()).containsExactly(
                embedding.embed("one").content(), embedding.embed("two").content());
        assertThat(embedding.embedAll(List.of()).content()).isEmpty();
        assertThat(embedding.dimension()).isEqualTo(ServerAndClient.DIMENSIONS);
    }

    private String sent() {
        return both.server().requests().getLast().body();
    }
}
