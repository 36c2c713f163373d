package dev.paddock.ports.llm.decorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.metrics.CallMetrics;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.ports.exchange.decorator.RecordingMetrics;
import dev.paddock.ports.llm.LlmPort;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenCountingLlmPortTest {

    private static final ChatRequest CHAT = ChatRequest.of("m", "hello");
    private static final GenerateRequest GENERATE = GenerateRequest.of("m", "hello");

    private final RecordingMetrics metrics = new RecordingMetrics();
    private final ScriptedLlmPort delegate = ScriptedLlmPort.answering(new TokenUsage(11, 7));
    private final LlmPort port = new TokenCountingLlmPort(delegate, metrics);

    @Test
    void chat_complete_countsOnce() {
        CallContext context = CallContext.create();
        assertThat(port.chat(CHAT, context).text()).isEqualTo("a");

        assertThat(delegate.lastContext()).isSameAs(context);
        assertCountedOnce("chat");
    }

    @Test
    void generate_complete_countsOnce() {
        assertThat(port.generate(GENERATE).text()).isEqualTo("a");

        assertCountedOnce("generate");
    }

    @Test
    void embed_complete_countsOnce() {
        assertThat(port.embed(EmbedRequest.of("m", "hello")).embeddings()).isEmpty();

        assertCountedOnce("embed");
    }

    @Test
    void chatStream_complete_countsOnceWithTheLastPiece() {
        try (ResponseStream<ChatChunk> stream = port.chatStream(CHAT)) {
            assertThat(stream.next().text()).isEqualTo("a");
            assertThat(metrics.counts()).isEmpty();
            assertThat(stream.hasNext()).isTrue();
            assertThat(stream.hasNext()).isTrue();
            assertThat(stream.next().text()).isEqualTo("b");
            assertThat(stream.hasNext()).isFalse();
        }

        assertCountedOnce("chat");
        assertThat(delegate.lastStream().isClosed()).isTrue();
    }

    @Test
    void generateStream_complete_countsOnceWithTheLastPiece() {
        try (ResponseStream<GenerateChunk> stream = port.generateStream(GENERATE)) {
            stream.forEachRemaining(piece -> assertThat(piece.text()).isEqualTo("a"));
        }

        assertCountedOnce("generate");
    }

    @Test
    void chatStream_closedEarly_countsNothingAndClosesTheStream() {
        try (ResponseStream<ChatChunk> stream = port.chatStream(CHAT)) {
            stream.next();
        }

        assertThat(metrics.counts()).isEmpty();
        assertThat(delegate.lastStream().isClosed()).isTrue();
    }

    @Test
    void anyCall_failed_countsNothing() {
        LlmPort refusing = new TokenCountingLlmPort(ScriptedLlmPort.refusing(), metrics);

        assertThatThrownBy(() -> refusing.chat(CHAT)).isInstanceOf(ServerBusyException.class);
        assertThatThrownBy(() -> refusing.chatStream(CHAT)).isInstanceOf(ServerBusyException.class);
        assertThatThrownBy(() -> refusing.generate(GENERATE)).isInstanceOf(ServerBusyException.class);
        assertThat(metrics.counts()).isEmpty();
    }

    @Test
    void chat_serverSaidNothing_countsNothing() {
        new TokenCountingLlmPort(ScriptedLlmPort.answering(TokenUsage.UNKNOWN), metrics).chat(CHAT);

        assertThat(metrics.counts()).isEmpty();
    }

    @Test
    void chat_promptFromTheServersCache_countsTheAnswerOnly() {
        new TokenCountingLlmPort(ScriptedLlmPort.answering(new TokenUsage(null, 7)), metrics).chat(CHAT);

        assertThat(metrics.counts()).containsExactly(entry(CallMetrics.TOKENS.with("chat", "completion"), List.of(7L)));
    }

    private void assertCountedOnce(String operation) {
        assertThat(metrics.counts()).containsOnly(
                entry(CallMetrics.TOKENS.with(operation, "prompt"), List.of(11L)),
                entry(CallMetrics.TOKENS.with(operation, "completion"), List.of(7L)));
    }
}
