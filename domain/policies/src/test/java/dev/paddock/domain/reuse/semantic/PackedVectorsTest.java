package dev.paddock.domain.reuse.semantic;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.domain.reuse.semantic.PackedVectors.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedVectorsTest {

    @Test
    void of_vectorWithoutDirection_isNull() {
        assertThat(UnitVector.of(new float[0])).isNull();
        assertThat(UnitVector.of(new float[] {0, 0, -0f})).isNull();
        assertThat(UnitVector.of(new float[] {1, Float.NaN})).isNull();
        assertThat(UnitVector.of(new float[] {1, Float.POSITIVE_INFINITY})).isNull();
        assertThat(UnitVector.of(new float[] {Float.NaN, Float.NaN})).isNull();
    }

    @Test
    void of_extremeLengths_haveLengthOne() {
        for (float scale : new float[] {Float.MIN_VALUE, 1e-30f, 1, 1e30f, Float.MAX_VALUE}) {
            UnitVector vector = requireNonNull(UnitVector.of(new float[] {scale, scale, -scale}));
            assertThat(vector.similarity(vector)).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void similarity_otherDimensions_isRefused() {
        assertThatThrownBy(() -> unit(1, 0).similarity(unit(1, 0, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PackedVectors(2).add(unit(1, 0, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PackedVectors(2).nearest(unit(1, 0, 0), 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PackedVectors(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nearest_randomAdditionsAndRemovals_equalsAPlainSearch() {
        Random random = new Random(17);
        for (int dimensions : new int[] {1, 3, 4, 7, 16}) {
            PackedVectors packed = new PackedVectors(dimensions);
            List<UnitVector> plain = new ArrayList<>();
            for (int step = 0; step < 400; step++) {
                if (plain.isEmpty() || random.nextInt(3) > 0) {
                    UnitVector vector = random(random, dimensions);
                    packed.add(vector);
                    plain.add(vector);
                } else {
                    int position = random.nextInt(plain.size());
                    packed.remove(position);
                    UnitVector last = plain.removeLast();
                    if (position < plain.size()) {
                        plain.set(position, last);
                    }
                }
                UnitVector query = random(random, dimensions);
                List<Double> expected = plain.stream()
                        .map(query::similarity)
                        .filter(similarity -> similarity >= 0.3)
                        .sorted((one, other) -> Double.compare(other, one))
                        .limit(3)
                        .toList();
                List<Match> found = packed.nearest(query, 0.3, 3);
                assertThat(found.stream().map(Match::similarity)).isEqualTo(expected);
                found.forEach(match ->
                        assertThat(query.similarity(plain.get(match.position()))).isEqualTo(match.similarity()));
                assertThat(packed.size()).isEqualTo(plain.size());
            }
        }
    }

    @Test
    void remove_positionThatIsNotThere_isRefused() {
        PackedVectors packed = new PackedVectors(1);
        assertThatThrownBy(() -> packed.remove(0)).isInstanceOf(IndexOutOfBoundsException.class);
        packed.add(unit(1));
        packed.remove(0);
        assertThat(packed.nearest(unit(1), -1, 5)).isEmpty();
    }

    private static UnitVector random(Random random, int dimensions) {
        float[] values = new float[dimensions];
        for (int index = 0; index < dimensions; index++) {
            values[index] = (float) random.nextGaussian();
        }
        return unit(values);
    }

    private static UnitVector unit(float... values) {
        return requireNonNull(UnitVector.of(values));
    }
}
