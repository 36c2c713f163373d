package dev.paddock.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.CallAttributes.Priority;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in which waiting calls get slots, in virtual time: each call needs one unit of time. */
class AdmissionFairnessTest {

    private static final int OTHERS = 9;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8})
    void startNext_oneCallerWithThousandCalls_nineOthersAreServedWithinOneAndAHalfTimesTheirTimeAlone(int slots) {
        SlotSimulation alone = new SlotSimulation(settings(slots));
        IntStream.range(0, OTHERS).forEach(caller -> alone.arrive(caller, "caller-" + caller));
        alone.runAll();
        SlotSimulation crowded = new SlotSimulation(settings(slots));
        IntStream.range(100, 1100).forEach(call -> crowded.arrive(call, "busy"));
        IntStream.range(0, OTHERS).forEach(caller -> crowded.arrive(caller, "caller-" + caller));
        crowded.runAll();

        assertThat(2 * lastEnd(crowded)).isLessThanOrEqualTo(3 * lastEnd(alone));
        assertThat(crowded.started()).isEqualTo(1000 + OTHERS);
    }

    @Test
    void startNext_oneSlot_othersWaitAtMostOneAndAHalfTimesAsLongOnAverage() {
        SlotSimulation alone = new SlotSimulation(settings(1));
        IntStream.range(0, OTHERS).forEach(caller -> alone.arrive(caller, "caller-" + caller));
        alone.runAll();
        SlotSimulation crowded = new SlotSimulation(settings(1));
        IntStream.range(100, 1100).forEach(call -> crowded.arrive(call, "busy"));
        crowded.runUntil(500);
        IntStream.range(0, OTHERS).forEach(caller -> crowded.arrive(caller, "caller-" + caller));
        crowded.runAll();

        assertThat(meanStart(crowded) - 500).isLessThanOrEqualTo(meanStart(alone) * 1.5);
    }

    @Test
    void startNext_callerThatSendsOneCallAfterAnother_isNotNewEachTime() {
        SlotSimulation simulation = new SlotSimulation(settings(1));
        IntStream.range(100, 200).forEach(call -> simulation.arrive(call, "patient"));
        for (int call = 0; call < 20; call++) {
            simulation.arrive(call, "eager");
            simulation.step();
        }
        simulation.runAll();

        long ofPatient = IntStream.range(100, 200).filter(call -> simulation.startOf(call) < 20).count();
        assertThat(ofPatient).as("turns of the caller that waits, of the first 20").isBetween(9L, 11L);
    }

    @Test
    void startNext_newCallersWithoutEnd_othersMoveOn() {
        SlotSimulation simulation = new SlotSimulation(settings(1));
        simulation.arrive(1000, "patient");
        simulation.arrive(1001, "patient");
        for (int call = 0; call < 100; call++) {
            simulation.arrive(call, "caller-" + call);
            simulation.arrive(200 + call, "other-" + call);
            simulation.step();
        }

        assertThat(simulation.hasStarted(1001)).isTrue();
        assertThat(simulation.startOf(1001)).isLessThan(20);
    }

    @Test
    void startNext_callerLeavesAndAsksAgain_isNotNewAgain() {
        SlotSimulation simulation = new SlotSimulation(settings(1));
        IntStream.range(100, 110).forEach(call -> simulation.arrive(call, "patient"));
        simulation.arrive(0, "eager");
        simulation.step();
        simulation.step();
        QueuedCall<Integer> left = new QueuedCall<>(1, "eager", 1, Priority.INTERACTIVE, 0, Long.MAX_VALUE);
        assertThat(simulation.queue().offer(left, null)).isNull();
        simulation.queue().remove(left);
        simulation.arrive(2, "eager");
        simulation.arrive(200, "new");
        simulation.runAll();

        assertThat(simulation.startOf(200)).as("the start of a caller that is new").isLessThan(simulation.startOf(2));
    }

    @Test
    void offer_newCallerWithADeadline_isNotRefusedForTheCallsOfOthers() {
        SlotSimulation simulation = new SlotSimulation(settings(1));
        IntStream.range(0, 21)
                .forEach(call -> simulation.arrive(call, "caller-" + call % 7, 1, Priority.INTERACTIVE, 1_000_000_000L));
        IntStream.range(0, 10).forEach(step -> simulation.step());
        QueuedCall<Integer> call = new QueuedCall<>(100, "new", 1, Priority.INTERACTIVE, 0, Long.MAX_VALUE);

        assertThat(simulation.queue().offer(call, Duration.ofSeconds(2))).isNull();
    }

    @Test
    void startNext_weights_areTheSharesOfTheTurns() {
        SlotSimulation simulation = new SlotSimulation(settings(1));
        for (int call = 0; call < 400; call++) {
            simulation.arrive(call, "one", 1, Priority.INTERACTIVE, 1);
            simulation.arrive(1000 + call, "three", 3, Priority.INTERACTIVE, 1);
        }
        simulation.runUntil(399);

        assertThat(IntStream.range(0, 400).filter(simulation::hasStarted).count()).isBetween(98L, 102L);
    }

    @Test
    void startNext_batchCalls_getTheirShareWhileInteractiveOnesWait() {
        SlotSimulation simulation = new SlotSimulation(settings(1).withBatchShare(0.1));
        for (int call = 0; call < 300; call++) {
            simulation.arrive(call, "b", 1, Priority.BATCH, 1);
            simulation.arrive(1000 + call, "i", 1, Priority.INTERACTIVE, 1);
        }
        simulation.runUntil(200);

        assertThat(IntStream.range(0, 300).filter(simulation::hasStarted).count()).isBetween(19L, 22L);
    }

    @Test
    void startNext_batchShareOfZero_batchCallsComeLast() {
        SlotSimulation simulation = new SlotSimulation(settings(1).withBatchShare(0));
        simulation.arrive(0, "x", 1, Priority.INTERACTIVE, 1);
        simulation.arrive(1, "b", 1, Priority.BATCH, 1);
        IntStream.range(1000, 1050).forEach(call -> simulation.arrive(call, "i"));
        simulation.runAll();

        assertThat(simulation.startOf(1)).isEqualTo(51);
    }

    @Test
    void startNext_oneCaller_isFirstComeFirstServed() {
        SlotSimulation simulation = new SlotSimulation(settings(1));
        IntStream.range(0, 100).forEach(call -> simulation.arrive(call, null));
        simulation.runAll();

        assertThat(IntStream.range(0, 100).mapToObj(simulation::startOf).toList()).isSorted();
    }

    @Test
    void startNext_loadOfTenTimesTheCapacity_slotsAreNeverIdle() {
        SlotSimulation simulation = new SlotSimulation(settings(4).withQueue(20, 1 << 20));
        int refused = 0;
        int call = 0;
        for (long time = 0; time < 1000; time++) { // 40 calls arrive while 4 are served
            for (int count = 0; count < 40; count++) {
                refused += simulation.arrive(call++, "caller-" + count) == null ? 0 : 1;
            }
            simulation.runUntil(time + 1);
        }

        assertThat(simulation.started()).isGreaterThanOrEqualTo(4 * 1000);
        assertThat(refused).isEqualTo(40 * 1000 - simulation.started() - 20 + 4);
    }

    private static AdmissionSettings settings(int slots) {
        return AdmissionSettings.DEFAULT.withSlots(slots, slots).withQueue(10_000, 1 << 20).withWaits(Duration.ofHours(1), Duration.ofHours(1));
    }

    private static long lastEnd(SlotSimulation simulation) {
        return IntStream.range(0, OTHERS).mapToLong(simulation::endOf).max().orElseThrow();
    }

    private static double meanStart(SlotSimulation simulation) {
        return IntStream.range(0, OTHERS).mapToLong(simulation::startOf).average().orElseThrow();
    }
}
