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
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** The laws of streams. */
class ExchangeStreamTest {

    private static final String HE = "{\"message\":{\"content\":\"He\"},\"done\":false}";
    private static final String LLO = "{\"message\":{\"content\":\"llo\"},\"done\":false}";
    private static final String DONE = "{\"message\":{\"content\":\"!\"},\"done\":true,\"done_reason\":\"stop\"}";

    @Test
    void next_completeAnswer_givesEveryPieceAndCompletesTheExchange() {
        ScriptedServer server = ScriptedServer.lines(HE, LLO, DONE);
        try (ResponseStream<ChatChunk> stream = chat(server)) {
            assertThat(texts(stream)).containsExactly("He", "llo", "!");
            assertThat(server.exchange().isComplete()).isTrue();
            assertThat(stream.hasNext()).isFalse();
            assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
        }
        assertThat(server.exchange().isCancelled()).isFalse();
    }

    @Test
    void next_withoutHasNext_givesTheSame() {
        ResponseStream<ChatChunk> stream = chat(ScriptedServer.lines(HE, DONE));

        assertThat(stream.next().text()).isEqualTo("He");
        assertThat(stream.next().completion().reason()).isEqualTo("stop");
        assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void hasNext_calledOften_pullsOnce() {
        ScriptedServer server = ScriptedServer.lines(HE, LLO, DONE);
        ResponseStream<ChatChunk> stream = chat(server);
        assertThat(server.exchange().pulled()).isZero();

        assertThat(stream.hasNext()).isTrue();
        assertThat(stream.hasNext()).isTrue();

        assertThat(server.exchange().pulled()).isEqualTo(1);
        assertThat(stream.next().text()).isEqualTo("He");
    }

    @Test
    void close_atTheLastPiece_cancelsNothing() {
        ScriptedServer server = ScriptedServer.lines(HE, DONE);
        try (ResponseStream<ChatChunk> stream = chat(server)) {
            stream.next();
            assertThat(stream.next().completion()).isNotNull();
        }

        assertThat(server.exchange().isComplete()).isTrue();
        assertThat(server.exchange().isCancelled()).isFalse();
    }

    @Test
    void close_inTheMiddle_cancels() {
        ScriptedServer server = ScriptedServer.lines(HE, LLO, DONE);
        ResponseStream<ChatChunk> stream = chat(server);
        stream.next();
        stream.close();
        stream.close();

        assertThat(server.exchange().isCancelled()).isTrue();
        assertThat(catchThrowableOfType(CallCancelledException.class, stream::next).facts().textReceived())
                .isEqualTo("He");
        assertThatThrownBy(stream::hasNext).isInstanceOf(CallCancelledException.class);
    }

    @Test
    void close_beforeThePieceAheadWasTaken_cancels() {
        ResponseStream<ChatChunk> stream = chat(ScriptedServer.lines(HE, LLO, DONE));
        assertThat(stream.hasNext()).isTrue();
        stream.close();

        assertThatThrownBy(stream::next).isInstanceOf(CallCancelledException.class);
    }

    @Test
    void close_afterTheEnd_leavesTheEnd() {
        ResponseStream<ChatChunk> stream = chat(ScriptedServer.lines(DONE));
        stream.next();
        stream.close();

        assertThat(stream.hasNext()).isFalse();
        assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void hasNext_answerWithoutItsEnd_isTruncatedAndKeepsTheText() {
        ScriptedServer server = ScriptedServer.lines(HE, LLO);
        TruncatedResponseException failure = failure(TruncatedResponseException.class, server);

        assertThat(failure.facts().textReceived()).isEqualTo("Hello");
        assertThat(failure.facts().backend()).isEqualTo(ScriptedServer.BACKEND);
        assertThat(failure.facts().attempts()).isEqualTo(2);
        assertThat(failure.facts().status()).isEqualTo(200);
    }

    @Test
    void hasNext_errorInTheAnswer_failsAndKeepsTheText() {
        ScriptedServer server = ScriptedServer.lines(HE, "{\"error\":\"runner stopped\"}");
        GenerationFailedException failure = failure(GenerationFailedException.class, server);

        assertThat(failure).hasMessage("the server failed: runner stopped");
        assertThat(failure.facts().textReceived()).isEqualTo("He");
    }

    @Test
    void hasNext_connectionLost_failsAndKeepsWhatIsKnownFurtherIn() {
        ScriptedServer server = ScriptedServer.lines(HE)
                .endingIn(new ConnectionLostException("reset", ErrorFacts.NONE.withAttempts(3)
                .withBackend(new BackendId("http://b"))));
        ConnectionLostException failure = failure(ConnectionLostException.class, server);

        assertThat(failure.facts().textReceived()).isEqualTo("He");
        assertThat(failure.facts().attempts()).isEqualTo(3);
        assertThat(failure.facts().backend()).isEqualTo(new BackendId("http://b"));
    }

    @Test
    void hasNext_brokenLine_isMalformedAndEndsTheExchange() {
        ScriptedServer server = ScriptedServer.lines(HE, "{\"message\":5}", DONE);
        MalformedResponseException failure = failure(MalformedResponseException.class, server);

        assertThat(failure.facts().textReceived()).isEqualTo("He");
        assertThat(server.exchange().isCancelled()).isTrue();
        assertThat(server.exchange().rejection()).isSameAs(failure);
    }

    @Test
    void hasNext_afterAFailure_throwsTheSameAgain() {
        ResponseStream<ChatChunk> stream = chat(ScriptedServer.lines(HE));
        stream.next();
        LlmException first = catchThrowableOfType(LlmException.class, stream::hasNext);

        assertThat(catchThrowableOfType(LlmException.class, stream::hasNext)).isSameAs(first);
        assertThat(catchThrowableOfType(LlmException.class, stream::next)).isSameAs(first);
        stream.close();
        assertThat(catchThrowableOfType(LlmException.class, stream::next)).isSameAs(first);
    }

    @Test
    void next_framesAfterTheEnd_areNoPartOfTheAnswer() {
        ScriptedServer server = ScriptedServer.lines(HE, DONE, LLO, LLO);

        assertThat(texts(chat(server))).containsExactly("He", "!");
        assertThat(server.exchange().isReleased()).isTrue();
    }

    @Test
    void next_framesWithoutContent_areSkipped() {
        ScriptedServer server = ScriptedServer.lines("", HE, "", "", LLO, DONE, "", "");

        assertThat(texts(chat(server))).containsExactly("He", "llo", "!");
        assertThat(server.exchange().isReleased()).isTrue();
    }

    @Test
    void next_loadReplyAsADocument_isTheOnlyPiece() {
        ScriptedServer server = ScriptedServer.document("{\"model\":\"m\",\"response\":\"\",\"do",
                "ne\":true,\"done_reason\":\"load\"}");
        ResponseStream<GenerateChunk> stream =
                new HttpLlmAdapter(server, new OllamaDialect()).generateStream(GenerateRequest.of("m", ""));

        assertThat(stream.next().completion().reason()).isEqualTo("load");
        assertThat(stream.hasNext()).isFalse();
        assertThat(server.exchange().isComplete()).isTrue();
    }

    @Test
    void hasNext_emptyDocument_isTruncated() {
        failure(TruncatedResponseException.class, ScriptedServer.document());
    }

    @Test
    void hasNext_documentThatIsNotDone_isTruncatedAndKeepsTheText() {
        ScriptedServer server = ScriptedServer.document("{\"message\":{\"content\":\"half\"},\"done\":false}");

        assertThat(failure(TruncatedResponseException.class, server).facts().textReceived()).isEqualTo("half");
    }

    @Test
    void next_openAiEvents_skipFramesWithoutPieces() {
        ScriptedServer server = ScriptedServer.events(
                "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}",
                "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}",
                "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}",
                "data: [DONE]");
        ResponseStream<ChatChunk> stream =
                new HttpLlmAdapter(server, new OpenAiDialect()).chatStream(ChatRequest.of("m", "hi"));

        assertThat(texts(stream)).containsExactly("Hi", "");
        assertThat(server.exchange().isComplete()).isTrue();
    }

    private static <E extends LlmException> E failure(Class<E> type, ScriptedServer server) {
        ResponseStream<ChatChunk> stream = chat(server);
        E failure = catchThrowableOfType(type, () -> texts(stream));
        assertThat(failure).isNotNull();
        assertThat(server.exchange().isReleased()).isTrue();
        return failure;
    }

    private static ResponseStream<ChatChunk> chat(ScriptedServer server) {
        return new HttpLlmAdapter(server, new OllamaDialect()).chatStream(ChatRequest.of("m", "hi"));
    }

    private static List<String> texts(ResponseStream<ChatChunk> stream) {
        List<String> texts = new ArrayList<>();
        stream.forEachRemaining(chunk -> texts.add(chunk.text()));
        return texts;
    }
}
