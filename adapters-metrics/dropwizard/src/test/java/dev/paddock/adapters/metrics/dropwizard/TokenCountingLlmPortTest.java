package dev.paddock.adapters.metrics.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.decorator.TokenCountingLlmPort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a scrape shows of the tokens of calls that went through the decorator. */
class TokenCountingLlmPortTest {

    private static final ChatRequest REQUEST = ChatRequest.of("m", "hello");
    private static final Completion COMPLETION = new Completion("stop", new TokenUsage(11, 7), Timings.UNKNOWN);
    private static final ChatChunk PIECE = new ChatChunk("m", null, Message.assistant("a"), List.of(), null);
    private static final ChatChunk LAST = new ChatChunk("m", null, Message.assistant(""), List.of(), COMPLETION);

    private final DropwizardMetrics metrics = DropwizardMetrics.create();

    @Test
    void chat_complete_countsItsTokensOnce() {
        counting(List.of(), false).chat(REQUEST);

        assertThat(tokens()).containsExactly(
                entry("paddock_tokens_total{direction=\"completion\",operation=\"chat\"}", 7.0),
                entry("paddock_tokens_total{direction=\"prompt\",operation=\"chat\"}", 11.0));
    }

    @Test
    void chatStream_complete_countsItsTokensOnce() {
        try (ResponseStream<ChatChunk> stream = counting(List.of(PIECE, PIECE, LAST), false).chatStream(REQUEST)) {
            stream.forEachRemaining(piece -> assertThat(piece.model()).isEqualTo("m"));
            assertThat(stream.hasNext()).isFalse();
        }

        assertThat(tokens()).containsExactly(
                entry("paddock_tokens_total{direction=\"completion\",operation=\"chat\"}", 7.0),
                entry("paddock_tokens_total{direction=\"prompt\",operation=\"chat\"}", 11.0));
    }

    @Test
    void chatStream_failed_countsNothingThatTheServerDidNotSay() {
        try (ResponseStream<ChatChunk> stream = counting(List.of(PIECE), true).chatStream(REQUEST)) {
            assertThat(stream.next()).isEqualTo(PIECE);
            assertThatThrownBy(stream::next).isInstanceOf(TruncatedResponseException.class);
        }

        assertThat(tokens()).isEmpty();
    }

    @Test
    void chatStream_closedEarly_countsNothing() {
        try (ResponseStream<ChatChunk> stream = counting(List.of(PIECE, LAST), false).chatStream(REQUEST)) {
            assertThat(stream.next()).isEqualTo(PIECE);
        }

        assertThat(tokens()).isEmpty();
    }

    private Map<String, Double> tokens() {
        return PrometheusPage.of(metrics, List::of).samples();
    }

    private LlmPort counting(List<ChatChunk> pieces, boolean cut) {
        return new TokenCountingLlmPort(new Scripted(pieces, cut), metrics);
    }

    private record Scripted(List<ChatChunk> pieces, boolean cut) implements LlmPort {

        @Override
        public ChatResponse chat(ChatRequest request, CallContext context) {
            return new ChatResponse("m", null, Message.assistant("a"), List.of(), COMPLETION);
        }

        @Override
        public ResponseStream<ChatChunk> chatStream(ChatRequest request, CallContext context) {
            return new Pieces(pieces, cut);
        }

        @Override
        public GenerateResponse generate(GenerateRequest request, CallContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ResponseStream<GenerateChunk> generateStream(GenerateRequest request, CallContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public EmbedResponse embed(EmbedRequest request, CallContext context) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Pieces implements ResponseStream<ChatChunk> {

        private final List<ChatChunk> pieces;
        private final boolean cut;
        private int position;

        Pieces(List<ChatChunk> pieces, boolean cut) {
            this.pieces = pieces;
            this.cut = cut;
        }

        @Override
        public boolean hasNext() {
            if (position == pieces.size() && cut) {
                throw new TruncatedResponseException("cut", ErrorFacts.NONE);
            }
            return position < pieces.size();
        }

        @Override
        public ChatChunk next() {
            assertThat(hasNext()).isTrue();
            return pieces.get(position++);
        }

        @Override
        public void close() {}
    }
}
