package dev.paddock.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The figures of a run. Confined to one thread. */
final class SoakReport {

    private static final int EXAMPLES = 5;

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private int calls;
    private int lost;
    private int wrong;
    private int hung;
    private int duplicated;
    private int leaked;

    void count(CallRecord record, CallKind work, CallVerifier judgement) {
        calls++;
        outcomes.merge(record.outcome(), 1, Integer::sum);
        String complaint = judgement.wrong(record);
        if (complaint != null) {
            wrong++;
            example("wrong", record, complaint);
        }
        if (CallVerifier.hung(record)) {
            hung++;
            example("hung", record, "took " + record.elapsed().toMillis() + " ms");
        }
        String repeated = judgement.duplicated(record, work);
        if (repeated != null) {
            duplicated++;
            example("duplicated", record, repeated);
        }
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

    /** Returns whatever must be zero, added up. */
    int faults() {
        return lost + wrong + hung + duplicated + leaked;
    }

    String text(ServerAttemptLog server) {
        StringBuilder text = new StringBuilder();
        line(text, "calls", calls);
        line(text, "attempts seen by the server", server.attempts());
        outcomes.forEach((outcome, count) -> line(text, "  " + outcome, count));
        text.append("what the server did\n");
        for (InjectedFault fault : InjectedFault.values()) {
            line(text, "  " + fault, (int) server.count(fault));
        }
        line(text, "lost", lost);
        line(text, "wrong", wrong);
        line(text, "hung", hung);
        line(text, "duplicated", duplicated);
        line(text, "leaked", leaked);
        examples.stream().limit(EXAMPLES).forEach(example -> text.append(example).append('\n'));
        return text.toString();
    }

    private void example(String what, CallRecord record, String complaint) {
        if (examples.size() < EXAMPLES) {
            examples.add(what + ": call " + record.call() + " (" + record.outcome() + "): " + complaint);
        }
    }

    private static void line(StringBuilder text, String what, int count) {
        text.append(String.format("%-32s %,12d%n", what, count));
    }
}
