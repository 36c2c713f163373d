package dev.paddock.benchmarks.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.benchmarks.contender.Contender;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnTablesTest {

    /** In the second round the machine is three times as slow; the contender costs twice as much in both. */
    @Test
    void workload_speedOfTheMachineChanges_ratiosAreThoseOfTheSameRound() {
        Map<Contender, List<Turn>> turns = new EnumMap<>(Contender.class);
        turns.put(Contender.HTTPCLIENT5, List.of(turn(100), turn(300)));
        turns.put(Contender.PADDOCK_APACHE5, List.of(turn(200), turn(600)));

        String table = TurnTables.workload(CallWorkload.SMALL_CHAT, turns);

        assertThat(table)
                .contains("| raw HttpClient 5, Jackson | 200 |  |  | 1 |  | 2.00 |")
                .contains("| **Paddock, apache5** | 400 |  |  | 2.00 (2.00-2.00) |  | 2.00 |");
    }

    @Test
    void workload_measureFailed_hasNoRatioToIt() {
        Map<Contender, List<Turn>> turns = new EnumMap<>(Contender.class);
        turns.put(Contender.JDK, List.of());
        turns.put(Contender.PADDOCK_JDK, List.of(turn(200)));

        assertThat(TurnTables.workload(CallWorkload.SMALL_CHAT, turns))
                .contains("| raw java.net.http, Jackson | a call failed |  |  |  |  |  |")
                .contains("| **Paddock, jdk** | 200 |  |  |  |  | 2.00 |");
    }

    private static Turn turn(int microsecondsOfCall) {
        return new Turn(10, new ProcessUsage(microsecondsOfCall * 10_000L, 20_000));
    }
}
