package dev.paddock.adapters.http.localembeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.reuse.semantic.UnitVector;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class LocalEmbeddingSourceTest {

    private final EmbeddingSourcePort source = ServiceLoader.load(EmbeddingSourcePort.class).findFirst().orElseThrow();

    @Test
    void embed_questions_areSimilarWhenTheyMeanTheSame() {
        UnitVector question = vector("What is the capital of France?");

        assertThat(question.dimensions()).isEqualTo(384);
        assertThat(question.similarity(vector("Which city is the capital of France?"))).isGreaterThan(0.85);
        assertThat(question.similarity(vector("How do I bake bread?"))).isLessThan(0.3);
    }

    @Test
    void embed_longText_readsItsBeginning() {
        assertThat(vector("word ".repeat(5000)).dimensions()).isEqualTo(384);
    }

    private UnitVector vector(String text) {
        UnitVector vector = UnitVector.of(source.embed(text, CallContext.create()).embedding().vector());
        assertThat(vector).isNotNull();
        return vector;
    }
}
