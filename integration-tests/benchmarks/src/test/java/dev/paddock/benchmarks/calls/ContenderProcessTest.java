package dev.paddock.benchmarks.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.upstream.Upstream;
import dev.paddock.benchmarks.upstream.UpstreamAddress;
import dev.paddock.benchmarks.upstream.UpstreamCounts;
import dev.paddock.benchmarks.upstream.UpstreamOptions;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContenderProcessTest {

    @ParameterizedTest
    @EnumSource(names = {"SMALL_CHAT", "MANY_CALLERS"})
    void take_aTurn_countsTheCallsThatTheServerSaw(CallWorkload work) throws IOException {
        try (Upstream upstream = Upstream.start(UpstreamOptions.DEFAULTS)) {
            UpstreamAddress address = new UpstreamAddress(upstream.port(), upstream.closingPort());
            try (ContenderProcess contestant = ContenderProcess.start(work, Contender.SOCKET, address, Duration.ZERO)) {
                long before = UpstreamCounts.ask(upstream.port()).requests();

                Turn turn = contestant.take(Duration.ofMillis(100));

                long seen = UpstreamCounts.ask(upstream.port()).requests() - before;
                assertThat(turn.calls()).isEqualTo(seen).isGreaterThanOrEqualTo(work.callers());
                assertThat(turn.allocationOfCall()).isPositive();
            }
        }
    }

    @Test
    void parse_lineOfATurn_isTheTurn() {
        Turn turn = new Turn(3, new ProcessUsage(4_000_000, 5_000));
        assertThat(Turn.parse(turn.line())).isEqualTo(turn);
    }
}
