package dev.paddock.wholesystem.sprint;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A log of questions, made from a seed: some repeat an earlier one, some say it in other words, the others are new. The more often a question
 * was asked, the more often it is repeated. Times are those of independent users.
 *
 * @param texts the questions in their order
 * @param times when they are asked, since the first one
 */
record QuestionLog(List<String> texts, List<Duration> times) {

    private static final int PERCENT_REPEATED = 40;
    private static final int PERCENT_PARAPHRASED = 10;

    QuestionLog {
        texts = List.copyOf(texts);
        times = List.copyOf(times);
    }

    /**
     * Makes a log. A question and its repetitions have places that are equally far from the start modulo the number of models, so that they ask
     * the same model.
     */
    static QuestionLog of(SprintQuestions questions, int count, double perSecond, int models, long seed) {
        Random random = new Random(seed);
        Deque<String> fresh = new ArrayDeque<>(questions.fresh());
        Map<String, String> paraphrases = questions.paraphrases();
        List<String> texts = new ArrayList<>();
        List<Duration> times = new ArrayList<>();
        double seconds = 0;
        for (int place = 0; place < count; place++) {
            List<String> earlier = earlier(texts, place, models);
            int kind = earlier.isEmpty() ? 100 : random.nextInt(100);
            String repeated = earlier.isEmpty() ? "" : earlier.get(random.nextInt(earlier.size()));
            List<String> reworded = earlier.stream().map(paraphrases::get).filter(text -> text != null && !texts.contains(text)).toList();
            if (kind < PERCENT_REPEATED) {
                texts.add(repeated);
            } else if (kind < PERCENT_REPEATED + PERCENT_PARAPHRASED && !reworded.isEmpty()) {
                texts.add(reworded.get(random.nextInt(reworded.size())));
            } else {
                texts.add(fresh.isEmpty() ? repeated : fresh.removeFirst());
            }
            times.add(Duration.ofNanos((long) (seconds * 1e9)));
            seconds += -Math.log(1 - random.nextDouble()) / perSecond;
        }
        return new QuestionLog(texts, times);
    }

    private static List<String> earlier(List<String> texts, int place, int models) {
        List<String> earlier = new ArrayList<>();
        for (int before = place % models; before < place; before += models) {
            earlier.add(texts.get(before));
        }
        return earlier;
    }

    /** Returns the time of the last question. */
    Duration length() {
        return times.getLast();
    }
}
