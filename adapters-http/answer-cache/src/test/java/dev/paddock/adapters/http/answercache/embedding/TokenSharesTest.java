package dev.paddock.adapters.http.answercache.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenSharesTest {

    @Test
    void of_anyTexts_areTheTotalTogether() {
        Random random = new Random(17);
        for (int round = 0; round < 1_000; round++) {
            List<String> texts = IntStream.rangeClosed(0, random.nextInt(40)).mapToObj(index -> "x".repeat(random.nextInt(500))).toList();
            long total = random.nextInt(10_000);

            List<Long> shares = TokenShares.of(texts, total);

            assertThat(shares).hasSameSizeAs(texts).allMatch(share -> share >= 0);
            assertThat(shares.stream().mapToLong(Long::longValue).sum()).isEqualTo(total);
        }
    }

    @Test
    void of_unequalTexts_followTheirLength() {
        assertThat(TokenShares.of(List.of("x".repeat(96), "", "x".repeat(196)), 76L)).containsExactly(25L, 1L, 50L);
    }

    @Test
    void of_unknownTotal_isEmpty() {
        assertThat(TokenShares.of(List.of("a"), null)).isEmpty();
    }
}
