package dev.paddock.domain.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.domain.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentQueryTest {

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 101, Integer.MAX_VALUE})
    void k_outOfRange_isRefused(int k) {
        DocumentQuery query = DocumentQuery.of("question");

        assertThatThrownBy(() -> query.withK(k)).isInstanceOf(InvalidRequestException.class).hasMessage("k is 1 to 100, not " + k);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \t\n"})
    void text_blank_isRefused(String text) {
        assertThatThrownBy(() -> DocumentQuery.of(text)).isInstanceOf(InvalidRequestException.class).hasMessage("a query needs a text");
    }

    @Test
    void text_tooLong_isRefused() {
        assertThat(DocumentQuery.of("x".repeat(DocumentQuery.LONGEST_TEXT)).k()).isEqualTo(5);
        assertThatThrownBy(() -> DocumentQuery.of("x".repeat(DocumentQuery.LONGEST_TEXT + 1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("16384");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, -0.001, 1.001, Double.POSITIVE_INFINITY})
    void weight_outOfRange_isRefused(double weight) {
        assertThatThrownBy(() -> new RankFusion(weight, 60)).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, 0, 10_001})
    void constant_outOfRange_isRefused(int constant) {
        assertThatThrownBy(() -> new RankFusion(0.5, constant)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void fusion_ranks_haveTheirWeights() {
        RankFusion fusion = new RankFusion(0.25, 60);

        assertThat(fusion.bm25Score(1)).isCloseTo(0.25 / 61, within(1e-12));
        assertThat(fusion.vectorScore(2)).isCloseTo(0.75 / 62, within(1e-12));
    }

    @Test
    void method_labels_areThoseOfTheOriginalApi() {
        assertThat(SearchMethod.ofLabel("hybrid")).contains(SearchMethod.HYBRID);
        assertThat(SearchMethod.ofLabel("bm25")).contains(SearchMethod.BM25);
        assertThat(SearchMethod.ofLabel("vector")).contains(SearchMethod.VECTOR);
        assertThat(SearchMethod.ofLabel("BM25")).isEmpty();
    }

    @Test
    void toString_query_doesNotShowTheText() {
        assertThat(DocumentQuery.of("secret")).hasToString("hybrid query for 5 passages");
    }
}
