package dev.paddock.adapters.http.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.ModelNotFoundException;
import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.embedding.EmbedSettings;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerateRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpLlmAdapterTest {

    @Test
    void chat_answerInParts_isPutTogether() {
        ScriptedServer server = ScriptedServer.document("{\"message\":{\"content\":\"h", "i\"},\"don", "e\":true}");

        assertThat(adapter(server).chat(ChatRequest.of("m", "x")).text()).isEqualTo("hi");
        assertThat(server.exchange().isComplete()).isTrue();
        assertThat(server.request()).hasToString("POST /api/chat");
    }

    @Test
    void generate_answer_isRead() {
        ScriptedServer server = ScriptedServer.document("{\"response\":\"hi\",\"done\":true}");

        assertThat(adapter(server).generate(GenerateRequest.of("m", "x")).text()).isEqualTo("hi");
    }

    @Test
    void chat_answerThatIsNotDone_isTruncatedWithTheFacts() {
        ScriptedServer server = ScriptedServer.document("{\"message\":{\"content\":\"half\"},\"done\":false}");
        ErrorFacts facts = catchThrowableOfType(
                        TruncatedResponseException.class, () -> adapter(server).chat(ChatRequest.of("m", "x")))
                .facts();

        assertThat(facts.textReceived()).isEqualTo("half");
        assertThat(facts.status()).isEqualTo(200);
        assertThat(facts.backend()).isEqualTo(ScriptedServer.BACKEND);
        assertThat(facts.attempts()).isEqualTo(2);
    }

    @Test
    void chat_answerIsNotUnderstood_isRejectedWithWhatTheCallerGets() {
        for (String body : List.of("{\"message\":5}", "{", "{\"error\":\"boom\"}", "{\"done\":false}")) {
            ScriptedServer server = ScriptedServer.document(body);

            LlmException failure =
                    catchThrowableOfType(LlmException.class, () -> adapter(server).chat(ChatRequest.of("m", "x")));

            assertThat(server.exchange().rejection()).as(body).isNotNull().isSameAs(failure);
        }
    }

    @Test
    void embed_answerIsNotUnderstood_isRejectedWithWhatTheCallerGets() {
        ScriptedServer server = ScriptedServer.document("{\"embeddings\":5}");

        LlmException failure =
                catchThrowableOfType(LlmException.class, () -> adapter(server).embed(EmbedRequest.of("m", "x")));

        assertThat(server.exchange().rejection()).isNotNull().isSameAs(failure);
    }

    @Test
    void chat_answerIsUnderstood_isClosedAndNotRejected() {
        ScriptedServer server = ScriptedServer.document("{\"message\":{\"content\":\"hi\"},\"done\":true}");

        adapter(server).chat(ChatRequest.of("m", "x"));

        assertThat(server.exchange().rejection()).isNull();
        assertThat(server.exchange().isClosed()).isTrue();
    }

    @Test
    void chatStream_answerIsADocument_isClosedOnceUnderstood() {
        ScriptedServer server = ScriptedServer.document("{\"message\":{\"content\":\"hi\"},\"done\":true}");

        assertThat(adapter(server).chatStream(ChatRequest.of("m", "x")).next().text()).isEqualTo("hi");

        assertThat(server.exchange().rejection()).isNull();
        assertThat(server.exchange().isClosed()).isTrue();
    }

    @Test
    void chat_errorWithTheStatusOfASuccess_fails() {
        assertThatThrownBy(() -> adapter(ScriptedServer.document("{\"error\":\"boom\"}"))
                .chat(ChatRequest.of("m", "x")))
                .isInstanceOf(GenerationFailedException.class)
                .hasMessage(ScriptedServer.BACKEND + " failed: boom");
    }

    @Test
    void chat_page_isMalformedAndNamesTheType() {
        ScriptedServer server = ScriptedServer.document("<html>")
                .withHeader("content-type", "Text/HTML; charset=utf-8");

        assertThatThrownBy(() -> adapter(server).chat(ChatRequest.of("m", "x")))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("text/html");
        assertThat(server.exchange().rejection()).isInstanceOf(MalformedResponseException.class);
        assertThat(server.exchange().isCancelled()).isTrue();
    }

    @Test
    void chat_endlessAnswer_isMalformed() {
        String part = "x".repeat(8 << 20);
        ScriptedServer server = ScriptedServer.document("{\"a\":\"", part, part, part, part, part, part, part, part,
                part);

        assertThatThrownBy(() -> adapter(server).chat(ChatRequest.of("m", "x")))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("longer than");
        assertThat(server.exchange().isCancelled()).isTrue();
    }

    @Test
    void embed_whatTheDialectCannotSay_isNeverSent() {
        ScriptedServer server = ScriptedServer.document();
        HttpLlmAdapter adapter = new HttpLlmAdapter(server, new OpenAiDialect());
        EmbedRequest request = EmbedRequest.of("m", "a").withSettings(EmbedSettings.DEFAULT.withTruncate(true));

        assertThatThrownBy(() -> adapter.embed(request)).isInstanceOf(InvalidRequestException.class);
        assertThat(server.requestCount()).isZero();
    }

    @Test
    void chatStream_errorStatus_isThrownAtOnce() {
        ScriptedServer server = ScriptedServer.document("{\"error\":\"model 'm' ", "not found\"}").withStatus(404);
        ModelNotFoundException failure = catchThrowableOfType(
                ModelNotFoundException.class, () -> adapter(server).chatStream(ChatRequest.of("m", "x")));

        assertThat(failure.model()).isEqualTo("m");
        assertThat(failure).hasMessageContaining("model 'm' not found");
        assertThat(failure.facts().status()).isEqualTo(404);
        assertThat(server.exchange().isComplete()).as("the body is read, so that the connection lives on").isTrue();
    }

    @Test
    void chat_errorInALine_isUnderstoodToo() {
        ScriptedServer server = ScriptedServer.lines("{\"error\":\"maximum pending requests exceeded\"}")
                .withStatus(503);

        assertThatThrownBy(() -> adapter(server).chat(ChatRequest.of("m", "x")))
                .isInstanceOf(ServerBusyException.class)
                .hasMessageContaining("pending requests");
    }

    @Test
    void chat_wholeAnswerAsALine_endsWithItsTerminalFrame() {
        String line = "{\"message\":{\"content\":\"Hello\"},\"done\":true}";
        ScriptedServer server = ScriptedServer.lines(line, "", line);

        assertThat(adapter(server).chat(ChatRequest.of("m", "x")).text()).isEqualTo("Hello");
    }

    @Test
    void chat_endlessErrorBody_isNotReadToItsEnd() {
        String part = "y".repeat(40 << 10);
        ScriptedServer server = ScriptedServer.document(part, part, part, part).withStatus(500);

        assertThatThrownBy(() -> adapter(server).chat(ChatRequest.of("m", "x"))).isInstanceOf(LlmException.class);
        assertThat(server.exchange().pulled()).isLessThanOrEqualTo(3);
        assertThat(server.exchange().isCancelled()).isTrue();
    }

    @Test
    void chat_errorBodyThatBreaksOff_isStillTheStatus() {
        ScriptedServer server = ScriptedServer.document("{\"error\":\"bo")
                .withStatus(503)
                .endingIn(new ConnectionLostException("reset", ErrorFacts.NONE));

        assertThatThrownBy(() -> adapter(server).chat(ChatRequest.of("m", "x")))
                .isInstanceOf(ServerBusyException.class);
    }

    @Test
    void chat_cancelledWhileTheErrorIsRead_isCancelled() {
        ScriptedServer server = ScriptedServer.document("{")
                .withStatus(503)
                .endingIn(new CallCancelledException("by the caller", ErrorFacts.NONE));

        assertThatThrownBy(() -> adapter(server).chat(ChatRequest.of("m", "x")))
                .isInstanceOf(CallCancelledException.class);
    }

    @Test
    void embed_bodyInManyParts_isReadAsItComes() {
        ScriptedServer server = ScriptedServer.document("{\"embeddings\":[[0.", "25,1],", "", "[2,", "3]]", "}", "\n");
        EmbedResponse response = adapter(server).embed(EmbedRequest.of("m", "a", "b"));

        assertThat(response.embeddings().get(0).vector()).containsExactly(0.25f, 1f);
        assertThat(response.embeddings().get(1).vector()).containsExactly(2f, 3f);
        assertThat(server.exchange().isComplete()).isTrue();
    }

    @Test
    void embed_bigBatch_isRead() {
        String vector = "[" + "0.0123456789,".repeat(1023) + "1]";
        List<String> parts = new ArrayList<>(List.of("{\"embeddings\":[" + vector));
        String[] texts = new String[500];
        Arrays.fill(texts, "t");
        for (int count = 1; count < texts.length; count++) {
            parts.add("," + vector);
        }
        parts.add("]}");

        assertThat(adapter(ScriptedServer.document(parts.toArray(String[]::new)))
                        .embed(EmbedRequest.of("m", texts))
                        .embeddings())
                .hasSize(500)
                .allSatisfy(embedding -> assertThat(embedding.vector()[1022]).isEqualTo(0.0123456789f));
    }

    @Test
    void embed_connectionLostInTheMiddle_isThatAndNotMalformed() {
        ScriptedServer server = ScriptedServer.document("{\"embeddings\":[[0.25,")
                .endingIn(new ConnectionLostException("reset", ErrorFacts.NONE));
        ConnectionLostException failure = catchThrowableOfType(
                ConnectionLostException.class, () -> adapter(server).embed(EmbedRequest.of("m", "a")));

        assertThat(failure.facts().backend()).isEqualTo(ScriptedServer.BACKEND);
    }

    @Test
    void embed_vectorsMissing_isMalformed() {
        assertThatThrownBy(() -> adapter(ScriptedServer.document("{\"embeddings\":[[1]]}"))
                        .embed(EmbedRequest.of("m", "a", "b")))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessage("the server gave 1 vectors for 2 texts");
    }

    @Test
    void pull_reports_endWithSuccess() {
        ScriptedServer server = ScriptedServer.lines(
                "{\"status\":\"pulling manifest\"}",
                "{\"status\":\"pulling x\",\"digest\":\"sha256:x\",\"total\":10,\"completed\":4}",
                "{\"status\":\"success\"}");
        List<PullProgress> reports = new ArrayList<>();
        try (ResponseStream<PullProgress> stream = catalog(server).pull(new ModelName("m"), CallContext.create())) {
            stream.forEachRemaining(reports::add);
        }

        assertThat(reports).hasSize(3);
        assertThat(reports.getLast().isSuccess()).isTrue();
        assertThat(server.exchange().isComplete()).isTrue();
    }

    @Test
    void catalog_queries_areAnswered() {
        CallContext context = CallContext.create();

        assertThat(catalog(ScriptedServer.document("{\"version\":\"1\"}")).version(context)).isEqualTo("1");
        assertThat(catalog(ScriptedServer.document("{\"models\":[{\"name\":\"m\"}]}")).models(context)).hasSize(1);
        assertThat(catalog(ScriptedServer.document("{\"models\":[]}")).runningModels(context)).isEmpty();
        assertThat(catalog(ScriptedServer.document("{\"system\":\"s\"}")).show(new ModelName("m"), context).texts()
                .system())
                .isEqualTo("s");
        assertThatThrownBy(() -> catalog(ScriptedServer.document()).version(context))
                .isInstanceOf(TruncatedResponseException.class);
    }

    private static HttpLlmAdapter adapter(ScriptedServer server) {
        return new HttpLlmAdapter(server, new OllamaDialect());
    }

    private static HttpModelCatalogAdapter catalog(ScriptedServer server) {
        return new HttpModelCatalogAdapter(server, new OllamaDialect());
    }
}
