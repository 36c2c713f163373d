package dev.paddock.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a small fleet gains by this project's gateways, on the same calls as with other ones. */
class FleetSimulationTest {

    private static final FleetSize SIZE = FleetSimulation.size(1000, 10, 4);

    @Test
    void run_moreModelsThanAServerHasRoomFor_loadsFewAndAnswersAlmostAll() {
        List<FleetCall> trace = FleetSimulation.trace(SIZE, 0.4);

        FleetReport fair = FleetRun.of(SIZE, FairGateway::new, trace);
        FleetReport inTurn = FleetRun.of(SIZE, PlainGateway::inTurn, trace);
        FleetReport leastConnections = FleetRun.of(SIZE, PlainGateway::leastConnections, trace);

        assertThat(fair.loads() * 4).as("%s against %s and %s", fair, inTurn, leastConnections).isLessThan(Math.min(inTurn.loads(), leastConnections.loads()));
        assertThat(fair.answered()).isGreaterThan(0.95).isGreaterThan(1.2 * Math.max(inTurn.answered(), leastConnections.answered()));
        assertThat(fair.answeredLater()).isGreaterThan(0.99);
        assertThat(fair.fairness()).isGreaterThan(0.97).isGreaterThan(Math.max(inTurn.fairness(), leastConnections.fairness()));
        assertThat(fair.waits().percentile99() * 2)
                .isLessThanOrEqualTo(Math.min(inTurn.waits().percentile99(), leastConnections.waits().percentile99()));
    }

    @Test
    void run_tenTimesTheCapacity_keepsTheServersBusyAndTheCallersEqual() {
        FleetSize size = SIZE.withModels(SIZE.room()).withDuration(Duration.ofMinutes(5));
        List<FleetCall> trace = FleetSimulation.trace(size, 10);

        FleetReport fair = FleetRun.of(size, FairGateway::new, trace);
        FleetReport inTurn = FleetRun.of(size, PlainGateway::inTurn, trace);

        assertThat(fair.ofCapacity()).as("%s against %s", fair, inTurn).isGreaterThanOrEqualTo(0.9);
        assertThat(fair.fairness()).isGreaterThan(inTurn.fairness() * 2);
    }

    @Test
    void run_again_isTheSame() {
        FleetSize size = SIZE.withDuration(Duration.ofMinutes(2));

        assertThat(FleetRun.of(size, FairGateway::new, FleetSimulation.trace(size, 1)))
                .isEqualTo(FleetRun.of(size, FairGateway::new, FleetSimulation.trace(size, 1)));
    }

    @Test
    void run_oneCallAtATime_waitsForItsLoadAndItsPrompt() {
        FleetSize one = new FleetSize(1, 1, 1, 2, 1, 1, Duration.ofMinutes(2));
        FleetCall call = new FleetCall(0, 0, 0, "model-0:latest", 1_000_000_000L, 2_000_000_000L);
        FleetCall next = new FleetCall(1, Duration.ofSeconds(90).toNanos(), 0, "model-0:latest", 1_000_000_000L, 2_000_000_000L);

        for (FleetGateway.Maker maker : List.<FleetGateway.Maker>of(FairGateway::new, PlainGateway::inTurn)) {
            FleetReport report = FleetRun.of(one, maker, List.of(call, next));
            assertThat(report.loads()).isEqualTo(1);
            assertThat(report.answered()).isEqualTo(1);
            assertThat(report.waits().median()).isEqualTo(1_000_000_000L);
        }
    }
}
