package dev.paddock.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The figures of a run. Confined to one thread. */
final class SoakReport {

    private static final int EXAMPLES = 5;

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private @Nullable String last; // of the calls that are examples, or could have been
    private int calls;
    private int lost;
    private int wrong;
    private int hung;
    private int duplicated;
    private int leaked;

    void count(CallRecord record, CallKind work, CallVerifier judgement) {
        count(new JudgedCall(
                record.call(),
                record.outcome(),
                judgement.wrong(record),
                CallVerifier.hung(record) ? "took " + record.elapsed().toMillis() + " ms" : null,
                judgement.duplicated(record, work)));
    }

    /**
     * A call and what is wrong with it, each null when nothing is.
     *
     * @param call its number
     * @param outcome how it ended, in a word
     * @param wrong what is wrong with its answer
     * @param hung how much too long it took
     * @param duplicated what was done twice
     */
    record JudgedCall(
            int call, String outcome, @Nullable String wrong, @Nullable String hung, @Nullable String duplicated) {}

    void count(JudgedCall judged) {
        calls++;
        outcomes.merge(judged.outcome, 1, Integer::sum);
        wrong += example("wrong", judged, judged.wrong);
        hung += example("hung", judged, judged.hung);
        duplicated += example("duplicated", judged, judged.duplicated);
    }

    void countLost(int call) {
        calls++;
        lost++;
        examples.add("lost: call " + call + " never ended");
    }

    /** Adds a leftover at the end, by name. */
    void countLeaked(Map<String, Integer> leftOver) {
        leftOver.forEach((what, count) -> {
            leaked += count;
            if (count > 0) {
                examples.add("leaked: " + count + " " + what);
            }
        });
    }

    int calls() {
        return calls;
    }

    /** Returns how many calls ended in a way, in a word. */
    int count(String outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    /** Returns whatever must be zero, added up. */
    int faults() {
        return lost + wrong + hung + duplicated + leaked;
    }

    String text(ServerAttemptLog server) {
        Map<String, Integer> faults = new LinkedHashMap<>();
        for (InjectedFault fault : InjectedFault.values()) {
            faults.put(fault.toString(), (int) server.count(fault));
        }
        return text(server.attempts(), faults);
    }

    /** Returns the figures, with the attempts that servers saw, and how often each fault was there. */
    String text(int attempts, Map<String, Integer> faults) {
        StringBuilder text = new StringBuilder();
        line(text, "calls", calls);
        line(text, "attempts seen by servers", attempts);
        outcomes.forEach((outcome, count) -> line(text, "  " + outcome, count));
        text.append("faults\n");
        faults.forEach((fault, count) -> line(text, "  " + fault, count));
        line(text, "lost", lost);
        line(text, "wrong", wrong);
        line(text, "hung", hung);
        line(text, "duplicated", duplicated);
        line(text, "leaked", leaked);
        examples.forEach(example -> text.append(example).append('\n'));
        if (last != null && !examples.contains(last)) {
            text.append("the last of them: ").append(last).append('\n');
        }
        return text.toString();
    }

    /** Returns 1 and keeps an example if there is a complaint. */
    private int example(String what, JudgedCall judged, @Nullable String complaint) {
        if (complaint == null) {
            return 0;
        }
        last = what + ": call " + judged.call + " (" + judged.outcome + "): " + complaint;
        if (examples.size() < EXAMPLES) {
            examples.add(last);
        }
        return 1;
    }

    private static void line(StringBuilder text, String what, int count) {
        text.append(String.format("%-32s %,12d%n", what, count));
    }
}
