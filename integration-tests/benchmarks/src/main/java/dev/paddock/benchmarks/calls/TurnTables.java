package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.Median;
import dev.paddock.benchmarks.contender.Contender;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.openjdk.jmh.util.ListStatistics;

/** Writes what contenders found in turn, as Markdown. */
final class TurnTables {

    /** What the others are compared with. */
    private static final List<Contender> MEASURES =
            List.of(Contender.SOCKET, Contender.SOCKET_JACKSON, Contender.HTTPCLIENT5, Contender.JDK);

    private TurnTables() {}

    static String workload(CallWorkload work, Map<Contender, List<Turn>> turns) {
        String unit = work.unitsPerCall() > 1 ? "chunk" : "call";
        StringJoiner table = new StringJoiner("\n", """

                ### %s, in turn

                | contender | CPU us/%2$s | to bare socket | to bare socket, Jackson | to raw HttpClient 5 | \
                to raw java.net.http | allocation kB/%2$s |
                |---|---|---|---|---|---|---|
                """.formatted(work.title(), unit), "\n");
        turns.forEach((contender, taken) -> table.add(row(contender, taken, turns, work.unitsPerCall())));
        return table.toString();
    }

    private static String row(Contender contender, List<Turn> taken, Map<Contender, List<Turn>> all, int units) {
        StringJoiner row = new StringJoiner(" | ", "| ", " |").add(contender.title());
        if (taken.isEmpty()) {
            return row.add("a call failed").add("").add("").add("").add("").add("").toString();
        }
        row.add(CallTables.number(Median.of(taken.stream().mapToDouble(turn -> turn.cpuOfCall() / units))));
        for (Contender measure : MEASURES) {
            row.add(measure == contender ? "1" : ratio(taken, all.getOrDefault(measure, List.of())));
        }
        return row.add(CallTables.number(
                        Median.of(taken.stream().mapToDouble(turn -> turn.allocationOfCall() / units))))
                .toString();
    }

    /** The median of the ratios of turns in the same round, and between which two the middle half of them is. */
    private static String ratio(List<Turn> taken, List<Turn> measure) {
        if (measure.isEmpty()) {
            return "";
        }
        ListStatistics ratios = new ListStatistics(IntStream.range(0, taken.size())
                .mapToDouble(round -> taken.get(round).cpuOfCall() / measure.get(round).cpuOfCall())
                .toArray());
        return "%s (%s-%s)".formatted(CallTables.number(ratios.getPercentile(50)), CallTables.number(ratios.getPercentile(25)),
                CallTables.number(ratios.getPercentile(75)));
    }
}
