package dev.paddock.adapters.http.answercache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.AnswerShape;
import dev.paddock.domain.reuse.RecordedAnswer;
import dev.paddock.domain.reuse.RequestFingerprint;
import dev.paddock.domain.reuse.ReuseKind;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The store in memory. */
class CaffeineAnswerStoreTest {

    private static final int MAX_BYTES = 1 << 20;

    @Test
    void put_manyAnswers_keepsTheStoreWithinItsBound() {
        CaffeineAnswerStore store = new CaffeineAnswerStore(MAX_BYTES, System::nanoTime, MetricsPort.noOp());
        List<Frame> frames = Collections.nCopies(100, Frame.data(new byte[10]));
        for (int number = 0; number < 1000; number++) {
            store.put(answer(number, frames), Duration.ofHours(1), store.generation());
            assertThat(store.bytes()).isLessThanOrEqualTo(MAX_BYTES);
        }

        assertThat(store.entries()).isBetween(100L, 140L); // of 7,5 KiB each, most of which are frames
        assertThat(store.evictions()).isEqualTo(1000 - store.entries());
        store.limit(MAX_BYTES / 2);
        assertThat(store.bytes()).isLessThanOrEqualTo(MAX_BYTES / 2);
    }

    @Test
    void put_ofTheGenerationBefore_storesNothing() {
        CaffeineAnswerStore store = new CaffeineAnswerStore(MAX_BYTES, System::nanoTime, MetricsPort.noOp());
        long before = store.generation();
        store.remove(new AnswerSelection("nobody", null));
        store.put(answer(1, List.of()), Duration.ofHours(1), before);

        assertThat(store.entries()).isZero();
    }

    @Test
    void find_answerThatIsExaminedAtItsUse_isExaminedOnce() {
        CaffeineAnswerStore store = new CaffeineAnswerStore(MAX_BYTES, System::nanoTime, MetricsPort.noOp());
        StoredAnswer received = answer(1, List.of());
        AtomicInteger examinations = new AtomicInteger();
        store.put(received, answer -> {
            examinations.incrementAndGet();
            return answer.withUsage(new TokenUsage(1, 2));
        }, Duration.ofHours(1), store.generation());
        assertThat(examinations).hasValue(0);

        assertThat(store.find(received.key())).isEqualTo(received.withUsage(new TokenUsage(1, 2)));
        assertThat(store.find(received.key())).isNotNull();
        assertThat(examinations).hasValue(1);
    }

    @Test
    void find_answerThatDoesNotPassItsExamination_isDropped() {
        CaffeineAnswerStore store = new CaffeineAnswerStore(MAX_BYTES, System::nanoTime, MetricsPort.noOp());
        store.put(answer(1, List.of()), answer -> null, Duration.ofHours(1), store.generation());

        assertThat(store.find(answer(1, List.of()).key())).isNull();
        assertThat(store.entries()).isZero();
    }

    static StoredAnswer answer(int number, List<Frame> frames) {
        return new StoredAnswer(
                new AnswerKey("", "m", "d", new RequestFingerprint(number, 0, 0, 0)),
                ReuseKind.DETERMINISTIC,
                AnswerShape.STREAM,
                new RecordedAnswer(Headers.EMPTY, Framing.LINES, frames),
                new BackendId("http://a:1"),
                Instant.EPOCH,
                Duration.ZERO,
                TokenUsage.UNKNOWN);
    }
}
