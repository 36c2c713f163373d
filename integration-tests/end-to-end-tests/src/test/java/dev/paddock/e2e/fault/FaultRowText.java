package dev.paddock.e2e.fault;

import static java.util.stream.Collectors.joining;

import dev.paddock.e2e.fault.Call.Caller;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of the documentation that say of a fault what the suite executes. */
final class FaultRowText {

    private static final List<String> NAMES = List.of("read", "embed", "generate", "stream");

    private FaultRowText() {}

    /** Returns one line for each group of callers to whom the same happens. */
    static List<String> of(Fault fault) {
        Map<ExpectedOutcome, List<Caller>> groups = new LinkedHashMap<>();
        for (Caller caller : Caller.values()) {
            ExpectedOutcome expected = fault.expected().get(caller);
            if (expected != null) {
                groups.computeIfAbsent(expected, key -> new ArrayList<>()).add(caller);
            }
        }
        return groups.entrySet().stream()
                .map(group -> line(fault, group.getValue(), group.getKey()))
                .toList();
    }

    private static String line(Fault fault, List<Caller> callers, ExpectedOutcome expected) {
        List<Outcome> outcomes = Arrays.stream(FaultScenario.Persistence.values())
                .filter(persistence -> happens(fault, expected, persistence))
                .map(persistence -> expected.outcome(Call.CHAT, persistence))
                .toList();
        return "| %s | %s%s | %s | %s | %s | %s |".formatted(
                fault.title().id(),
                fault.title().what(),
                settings(fault.client()),
                callers.size() == NAMES.size()
                        ? "all"
                        : callers.stream().map(caller -> NAMES.get(caller.ordinal())).collect(joining(", ")),
                outcomes.stream().map(FaultRowText::sees).collect(joining(" or ")),
                outcomes.stream().map(outcome -> Integer.toString(outcome.seen().attempts())).collect(joining(" or ")),
                outcomes.stream().map(outcome -> decisions(outcome.seen())).collect(joining(" or ")));
    }

    private static boolean happens(Fault fault, ExpectedOutcome expected, FaultScenario.Persistence persistence) {
        if (expected.isReplayed()) {
            return persistence == FaultScenario.Persistence.ONCE;
        }
        return persistence == FaultScenario.Persistence.EVERY_TIME || (expected.isRepeated() && !fault.isAbsent());
    }

    private static String sees(Outcome outcome) {
        return outcome.outcome().equals("ok")
                ? "`ok`"
                : "`" + outcome.outcome() + "`" + (outcome.text().isEmpty() ? "" : " with '" + outcome.text() + "'");
    }

    private static String decisions(Outcome.Seen seen) {
        return seen.decisions().isEmpty()
                ? "-"
                : seen.decisions().entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByKey().reversed())
                        .map(decision -> decision.getKey() + " " + decision.getValue())
                        .collect(joining(", "));
    }

    private static String settings(Fault.Client client) {
        String given = client.settings().entrySet().stream()
                .filter(setting -> !setting.getKey().startsWith("paddock.timeouts"))
                .map(setting -> setting.getKey().replace("paddock.", "") + " = " + setting.getValue())
                .sorted()
                .collect(joining(", "));
        return given.isEmpty() ? "" : " (" + given + ")";
    }
}
