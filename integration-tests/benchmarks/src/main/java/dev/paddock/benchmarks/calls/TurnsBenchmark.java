package dev.paddock.benchmarks.calls;

import static java.util.Objects.requireNonNull;

import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.upstream.UpstreamProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what calls cost on a machine whose speed varies: all contenders live at once, each in a process of its own, and
 * take short turns, so that their ratios are those of neighbours in time.
 */
public final class TurnsBenchmark {

    private final CallBenchmarkOptions settings;
    private final UpstreamProcess upstream;
    private final PrintStream progress = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    private TurnsBenchmark(CallBenchmarkOptions settings, UpstreamProcess upstream) {
        this.settings = settings;
        this.upstream = upstream;
    }

    /** See the script {@code turns} for the options. */
    public static void main(String... arguments) throws IOException {
        CallBenchmarkOptions settings = CallBenchmarkOptions.parse(Effort.TURNS, arguments);
        try (UpstreamProcess upstream = UpstreamProcess.start()) {
            TurnsBenchmark benchmark = new TurnsBenchmark(settings, upstream);
            Report report = Report.begin(settings);
            for (CallWorkload work : settings.workloads()) {
                report.add(TurnTables.workload(work, benchmark.measure(work)));
            }
        }
    }

    private Map<Contender, List<Turn>> measure(CallWorkload work) throws IOException {
        Map<Contender, ContenderProcess> contestants = new EnumMap<>(Contender.class);
        try {
            for (Contender contender : settings.contenders()) {
                if (work.contenders().contains(contender)) {
                    contestants.put(contender, ContenderProcess.start(
                            work, contender, upstream.address(), settings.effort().warmUp()));
                    progress.printf("%s, %s is warm%n", work.title(), contender.label());
                }
            }
            return take(work, contestants);
        } finally {
            contestants.values().forEach(ContenderProcess::close);
        }
    }

    private Map<Contender, List<Turn>> take(CallWorkload work, Map<Contender, ContenderProcess> contestants) {
        Map<Contender, List<Turn>> turns = new EnumMap<>(Contender.class);
        contestants.keySet().forEach(contender -> turns.put(contender, new ArrayList<>()));
        Map<Contender, ContenderProcess> running = new EnumMap<>(contestants);
        Effort effort = settings.effort();
        Duration length = effort.time().multipliedBy(work.patience());
        for (int turn = 0; turn < effort.rounds() * effort.iterations(); turn++) {
            running.entrySet().removeIf(each -> !took(each.getValue(), length, requireNonNull(turns.get(each.getKey()))));
        }
        return turns;
    }

    /** Whoever fails has no more turns, and those that he had do not count. */
    private boolean took(ContenderProcess contestant, Duration length, List<Turn> turns) {
        try {
            turns.add(contestant.take(length));
            return true;
        } catch (IOException failed) {
            progress.println(failed.getMessage());
            turns.clear();
            return false;
        }
    }
}
