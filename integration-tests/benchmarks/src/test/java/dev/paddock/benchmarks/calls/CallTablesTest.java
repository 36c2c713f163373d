package dev.paddock.benchmarks.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.upstream.UpstreamCounts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTablesTest {

    /** In the second round the machine is three times as slow; the contender costs twice as much in both. */
    @Test
    void interleaved_speedOfTheMachineChanges_ratiosAreThoseOfTheSameRound() {
        Map<Contender, List<CallMeasurement>> turns = new EnumMap<>(Contender.class);
        turns.put(Contender.HTTPCLIENT5, List.of(turn(100), turn(300)));
        turns.put(Contender.PADDOCK_APACHE5, List.of(turn(200), turn(600)));

        String table = CallTables.interleaved(CallWorkload.SMALL_CHAT, turns);

        assertThat(table)
                .contains("| raw HttpClient 5, Jackson | 200 |  |  | 1 |  | 2.00 |")
                .contains("| **Paddock, apache5** | 400 |  |  | 2.00 (2.00-2.00) |  | 2.00 |");
    }

    @Test
    void interleaved_referenceFailed_hasNoRatioToIt() {
        Map<Contender, List<CallMeasurement>> turns = new EnumMap<>(Contender.class);
        turns.put(Contender.JDK, List.of());
        turns.put(Contender.PADDOCK_JDK, List.of(turn(200)));

        assertThat(CallTables.interleaved(CallWorkload.SMALL_CHAT, turns))
                .contains("| raw java.net.http, Jackson | a call failed |  |  |  |  |  |")
                .contains("| **Paddock, jdk** | 200 |  |  |  |  | 2.00 |");
    }

    @Test
    void sequential_roundsOfAContender_areMediansOfTheCallsAndOfTheUpstream() {
        Map<Contender, List<CallMeasurement>> rounds = new EnumMap<>(Contender.class);
        rounds.put(Contender.HTTPCLIENT5, List.of(round(100, 1), round(200, 1), round(600, 1)));
        rounds.put(Contender.PADDOCK_APACHE5, List.of(round(300, 10)));

        assertThat(CallTables.sequential(CallWorkload.SMALL_CHAT, rounds))
                .contains("| raw HttpClient 5, Jackson | 200 | 1.00 | 2.00 | 3.00 | 4.00 | 1 | 50.0 |")
                .contains("| **Paddock, apache5** | 300 | 1.50 | 2.00 | 3.00 | 4.00 | 1.00 per call | 50.0 |")
                .contains("| **Paddock, apache5, OpenAI's API** | not measured here |");
    }

    private static CallMeasurement round(int microsecondsOfCall, int connections) {
        UpstreamCounts none = new UpstreamCounts(0, 0, 0);
        UpstreamCounts after = new UpstreamCounts(connections + 2, 10, 500_000);
        return CallMeasurement.ofProcess(10, 1, microsecondsOfCall * 10_000L, 20_000, 3_000, 4_000).with(none, none, after, 2);
    }

    private static CallMeasurement turn(int microsecondsOfCall) {
        return CallMeasurement.ofProcess(10, 1, microsecondsOfCall * 10_000L, 20_000, 1, 1);
    }
}
