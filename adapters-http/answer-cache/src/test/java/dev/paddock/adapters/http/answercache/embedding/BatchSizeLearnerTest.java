package dev.paddock.adapters.http.answercache.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Runs the learner against servers in virtual time: callers that ask for one text after the other. */
class BatchSizeLearnerTest {

    private static final long MILLISECOND = 1_000_000;

    @Test
    void size_serverWithFixedCostPerRequest_grows() {
        Run run = new Run(64, 1, 200, texts -> 145 + 7 * texts);

        run.texts(4_000);

        assertThat(run.learner.size()).isGreaterThanOrEqualTo(32);
    }

    @Test
    void size_serverWithTimePerTextOnly_becomesOne() {
        Run run = new Run(64, 1, 32, texts -> 20 * texts);

        run.texts(2_000);

        assertThat(run.learner.size()).isEqualTo(1);
    }

    @Test
    void size_serverThatWorksSideBySide_becomesOneAndCostsLittle() {
        Run run = new Run(64, 4, 32, texts -> 20 * texts);

        double learning = run.texts(2_000);
        double learned = run.texts(60_000);

        assertThat(run.learner.size()).isEqualTo(1);
        assertThat(learning).isLessThan(20);
        assertThat(learned).isLessThan(5 / 0.95); // four side by side: 5 ms per text
    }

    @Test
    void size_batchesThatAreWorseThanSingleTexts_becomesOne() {
        Run run = new Run(64, 1, 32, texts -> 10 * texts + texts * texts);

        run.texts(2_000);

        assertThat(run.learner.size()).isEqualTo(1);
    }

    @Test
    void size_bestInTheMiddle_isFound() {
        Run run = new Run(64, 1, 100, texts -> 30 + 10 * texts + (texts > 16 ? 40 * (texts - 16) : 0));

        run.texts(4_000);

        assertThat(run.learner.size()).isEqualTo(16);
    }

    @Test
    void size_serverThatBecomesAnother_isLearnedAgain() {
        Run run = new Run(64, 1, 64, texts -> 20 * texts);
        run.texts(2_000);
        assertThat(run.learner.size()).isEqualTo(1);

        run.server = texts -> 145 + 7 * texts;
        run.texts(700); // fewer than until the next review
        assertThat(run.learner.size()).isGreaterThanOrEqualTo(16);
    }

    @Test
    void size_loadThatGrows_isLearnedAgain() {
        Run run = new Run(64, 1, 2, texts -> 145 + 7 * texts);
        run.texts(1_000);

        run.callers = 200;
        run.texts(6_000);

        assertThat(run.learner.size()).isGreaterThanOrEqualTo(32);
    }

    @Test
    void size_singleOddMeasurements_changeNothing() {
        Run run = new Run(64, 1, 32, texts -> 20 * texts);
        run.texts(500);
        List<Integer> sent = new ArrayList<>();
        run.server = texts -> {
            sent.add(texts);
            return sent.size() % 64 < 32 ? 20 * texts : 100 * texts; // two odd measurements of four
        };

        run.texts(400); // fewer than until the next review

        assertThat(sent).containsOnly(1);
    }

    @Test
    void size_largestIsNoPowerOfTwo_isNotExceeded() {
        Run run = new Run(20, 1, 100, texts -> 1000);

        run.texts(4_000);

        assertThat(run.learner.size()).isEqualTo(20);
    }

    @Test
    void size_oneIsTheLargest_isOne() {
        assertThat(new BatchSizeLearner(1).size()).isEqualTo(1);
    }

    /** Callers that each wait for one text and then ask for the next, and a server that works on some requests side by side. */
    private static final class Run {

        private final BatchSizeLearner learner;
        private final int workers;
        private int callers;
        private IntToDoubleFunction server; // milliseconds for a number of texts

        Run(int largest, int workers, int callers, IntToDoubleFunction server) {
            this.learner = new BatchSizeLearner(largest);
            this.workers = workers;
            this.callers = callers;
            this.server = server;
        }

        /** Returns the milliseconds per text. */
        double texts(int wanted) {
            PriorityQueue<long[]> ends = new PriorityQueue<>((one, other) -> Long.compare(one[0], other[0])); // time, texts, size
            long[] workerFree = new long[workers];
            long now = 0;
            long lastEnd = 0;
            int waiting = callers;
            int inProgress = 0;
            boolean isAwaited = false;
            int done = 0;
            while (done < wanted) {
                while (waiting > 0 && (learner.size() == 1 || !isAwaited)) {
                    int size = learner.size();
                    int texts = Math.min(waiting, size);
                    isAwaited = size > 1;
                    waiting -= texts;
                    inProgress += texts;
                    int worker = 0;
                    for (int index = 1; index < workers; index++) {
                        worker = workerFree[index] < workerFree[worker] ? index : worker;
                    }
                    long start = Math.max(now, workerFree[worker]);
                    workerFree[worker] = start + (long) (server.applyAsDouble(texts) * MILLISECOND);
                    ends.add(new long[] {workerFree[worker], texts, size});
                }
                long[] end = ends.remove();
                now = end[0];
                int texts = (int) end[1];
                if (inProgress + waiting > texts && end[2] == learner.size()) {
                    learner.record(texts, now - lastEnd, inProgress + waiting);
                }
                lastEnd = now;
                inProgress -= texts;
                waiting += Math.max(0, Math.min(texts, callers - inProgress - waiting));
                waiting += Math.max(0, callers - inProgress - waiting);
                isAwaited &= end[2] == 1;
                done += texts;
            }
            return (double) now / MILLISECOND / done;
        }
    }
}
