package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.Environment;
import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.upstream.UpstreamProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what calls cost on a machine whose speed varies: all contenders live at once, each in a process of its own, and
 * take short turns, so that their ratios are those of neighbours in time.
 */
public final class TurnsBenchmark {

    private final Settings settings;
    private final UpstreamProcess upstream;
    private final PrintStream progress = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    private TurnsBenchmark(Settings settings, UpstreamProcess upstream) {
        this.settings = settings;
        this.upstream = upstream;
    }

    /** See the script {@code turns} for the options. */
    public static void main(String... arguments) throws IOException {
        Settings settings = Settings.parse(Effort.TURNS, arguments);
        try (UpstreamProcess upstream = UpstreamProcess.start()) {
            String report = new TurnsBenchmark(settings, upstream).report();
            new PrintStream(System.out, true, StandardCharsets.UTF_8).print(report);
            if (settings.output() != null) {
                Files.writeString(settings.output(), report);
            }
        }
    }

    private String report() throws IOException {
        StringBuilder report = new StringBuilder("%s; %s%n".formatted(Environment.describe(), settings.effort()));
        for (Workload work : settings.workloads()) {
            report.append(TurnTables.workload(work, measure(work)));
        }
        return report.toString();
    }

    private Map<Contender, List<Turn>> measure(Workload work) throws IOException {
        Map<Contender, Contestant> contestants = new EnumMap<>(Contender.class);
        try {
            for (Contender contender : settings.contenders()) {
                if (work.contenders().contains(contender)) {
                    contestants.put(contender, Contestant.start(
                            work, contender, upstream.address(), settings.effort().warmUp()));
                    progress.printf("%s, %s is warm%n", work.title(), contender.label());
                }
            }
            return take(work, contestants);
        } finally {
            contestants.values().forEach(Contestant::close);
        }
    }

    private Map<Contender, List<Turn>> take(Workload work, Map<Contender, Contestant> contestants) throws IOException {
        Map<Contender, List<Turn>> turns = new EnumMap<>(Contender.class);
        Effort effort = settings.effort();
        for (int turn = 0; turn < effort.rounds() * effort.iterations(); turn++) {
            for (Map.Entry<Contender, Contestant> each : contestants.entrySet()) {
                Turn taken = each.getValue().take(effort.time().multipliedBy(work.patience()));
                turns.computeIfAbsent(each.getKey(), first -> new ArrayList<>()).add(taken);
            }
        }
        return turns;
    }
}
