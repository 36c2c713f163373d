package dev.paddock.soak;

import dev.paddock.adapters.http.sim.script.AnswerScript;
import dev.paddock.adapters.http.sim.script.ReceivedCall;
import dev.paddock.adapters.http.sim.script.ReceivedCall.Kind;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.Generation;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.Vectors;
import dev.paddock.wholesystem.WordVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Answers that prove their question and their tenant. Each names the subject of its question, and has a number that no other one has: a number
 * that two tenants see is an answer that one of them must not see. Thread-safe.
 */
final class NumberedAnswers implements AnswerScript {

    private static final Pattern SUBJECT = Pattern.compile("(?:topic|case)-\\d+");
    private static final Pattern ANSWER = Pattern.compile("\\[((?:topic|case)-\\d+) #(\\d+)\\]((?: word\\d+)*)");
    private static final int WORDS = 24; // longer than the answers whose numbers a semantic cache compares

    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, List<Long>> attempts = new ConcurrentHashMap<>(); // by subject: when they came
    private final Map<Integer, String> tenants = new ConcurrentHashMap<>(); // by number: the first that saw it

    @Override
    public @Nullable ScriptedAnswer answerTo(ReceivedCall call) {
        if (call.kind() == Kind.EMBEDDING) {
            return new ScriptedAnswer(new Vectors(call.texts().stream().map(WordVectors::of).toList()), List.of());
        }
        String subject = subjectOf(call.lastText());
        attempts.computeIfAbsent(subject, any -> new CopyOnWriteArrayList<>()).add(System.nanoTime());
        List<String> pieces = new ArrayList<>(List.of("[" + subject + " #" + numbers.incrementAndGet() + "]"));
        pieces.addAll(words(subject));
        return new ScriptedAnswer(new Generation(List.of(), pieces, List.of(), "stop"), List.of());
    }

    private static String subjectOf(String question) {
        Matcher subject = SUBJECT.matcher(question);
        return subject.find() ? subject.group() : "none";
    }

    private static List<String> words(String subject) {
        SplittableRandom random = new SplittableRandom(subject.hashCode());
        return random.ints(WORDS, 0, 5000).mapToObj(word -> " word" + word).toList();
    }

    /** Returns what is wrong with a whole answer that a tenant received, or null. */
    @Nullable String wrong(String tenant, String question, String answer) {
        Matcher matcher = ANSWER.matcher(answer);
        String subject = subjectOf(question);
        if (!matcher.matches()) {
            return "an answer that no server gave: " + answer.substring(0, Math.min(80, answer.length()));
        }
        if (!matcher.group(1).equals(subject)) {
            return "the answer to " + matcher.group(1) + " for the question about " + subject;
        }
        if (!matcher.group(3).equals(String.join("", words(subject)))) {
            return "an answer with other words";
        }
        String first = tenants.putIfAbsent(Integer.valueOf(matcher.group(2)), tenant);
        return first == null || first.equals(tenant) ? null : "an answer of " + first + " for " + tenant;
    }

    /** Returns what was done twice for a question that is asked only once, or null; while a fault lasts, retries are right. */
    @Nullable String duplicated(String question, BiPredicate<Long, Long> isDisturbed) {
        List<Long> times = attempts.getOrDefault(subjectOf(question), List.of());
        boolean isOnce = subjectOf(question).startsWith("case-");
        return isOnce && times.size() > 1 && !isDisturbed.test(times.getFirst(), times.getLast())
                ? "the servers saw " + times.size() + " attempts without a fault"
                : null;
    }

    int attempts() {
        return numbers.get();
    }
}
