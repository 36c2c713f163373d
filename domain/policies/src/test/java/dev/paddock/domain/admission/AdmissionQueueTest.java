package dev.paddock.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.OverloadedException.Reason;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionQueueTest {

    private final SharedRoom bytes = new SharedRoom(1000);
    private final AdmissionQueue<String> queue =
            new AdmissionQueue<>(ModelGroup.of("m"), AdmissionSettings.DEFAULT.withSlots(2, 2).withQueue(10, 1000), bytes);

    @Test
    void tryStart_slotsTaken_isRefusedUntilOneEnds() {
        assertThat(queue.tryStart("before")).isTrue();
        assertThat(queue.tryStart("before")).isTrue();
        assertThat(queue.tryStart("before")).isFalse();

        queue.end("before");

        assertThat(queue.tryStart("before")).isTrue();
    }

    @Test
    void tryStart_anotherCallWaits_doesNotOvertakeIt() {
        fillSlots();
        assertThat(queue.offer(call("waiting", 0), null)).isNull();
        queue.end("before");

        assertThat(queue.tryStart("before")).isFalse();
        assertThat(queue.startNext().value()).isEqualTo("waiting");
    }

    @Test
    void offer_callerHasAsManyCallsAsAreLeftForOthers_isRefusedItsOwnShare() {
        fillSlots();
        for (int call = 0; call < 5; call++) {
            assertThat(queue.offer(call("busy", 0), null)).isNull();
        }

        AdmissionRefusal refusal = queue.offer(call("busy", 0), null);

        assertThat(refusal.reason()).isEqualTo(Reason.CALLER_SHARE);
        assertThat(refusal.limit()).isEqualTo(5);
        assertThat(queue.offer(call("other", 0), null)).isNull();
    }

    @Test
    void offer_manyCallersFillTheQueue_isRefusedForAll() {
        fillSlots();
        for (int caller = 0; caller < 10; caller++) {
            assertThat(queue.offer(call("caller-" + caller, 0), null)).isNull();
        }

        AdmissionRefusal refusal = queue.offer(call("further", 0), null);

        assertThat(refusal.reason()).isEqualTo(Reason.QUEUE_FULL);
        assertThat(refusal.limit()).isEqualTo(10);
    }

    @Test
    void offer_callsWithoutACaller_useTheWholeQueue() {
        fillSlots();
        for (int call = 0; call < 10; call++) {
            assertThat(queue.offer(call(null, 0), null)).isNull();
        }

        assertThat(queue.offer(call(null, 0), null).reason()).isEqualTo(Reason.QUEUE_FULL);
    }

    @Test
    void offer_bytes_areSharedInTheSameWay() {
        fillSlots();
        assertThat(queue.offer(call("busy", 500), null)).isNull();

        assertThat(queue.offer(call("busy", 1), null).reason()).isEqualTo(Reason.BYTES_SHARE);
        assertThat(queue.offer(call("large", 501), null).reason()).isEqualTo(Reason.BYTES_FULL);
        assertThat(queue.offer(call("large", 500), null)).isNull();
        assertThat(queue.offer(call("empty", 0), null)).isNull();
        assertThat(bytes.used()).isEqualTo(1000);
    }

    @Test
    void offer_refusedForItsBytes_takesNoPlace() {
        fillSlots();
        for (int attempt = 0; attempt < 20; attempt++) {
            assertThat(queue.offer(call("large", 1001), null).reason()).isEqualTo(Reason.BYTES_FULL);
        }

        assertThat(queue.offer(call("other", 0), null)).isNull();
        assertThat(queue.waiting(Priority.INTERACTIVE)).isEqualTo(1);
    }

    @Test
    void remove_waitingCall_freesItsPlaceAndItsBytesOnce() {
        fillSlots();
        QueuedCall<String> call = call("busy", 700);
        assertThat(queue.offer(call, null)).isNull();

        assertThat(queue.remove(call)).isTrue();
        assertThat(queue.remove(call)).isFalse();

        assertThat(bytes.used()).isZero();
        assertThat(queue.offer(call("other", 1000), null)).isNull();
    }

    @Test
    void startNext_call_freesItsBytes() {
        fillSlots();
        assertThat(queue.offer(call("a", 700), null)).isNull();
        queue.end("before");

        assertThat(queue.startNext()).isNotNull();

        assertThat(bytes.used()).isZero();
        assertThat(queue.inProgress()).isEqualTo(2);
        assertThat(queue.startNext()).isNull();
    }

    @Test
    void offer_expectedWaitBeyondTheDeadline_isRefusedAtEntry() {
        fillSlots();
        queue.answered(queue.epoch(), Duration.ofSeconds(4).toNanos()); // two slots: one call each two seconds
        assertThat(queue.offer(call("a", 0), null)).isNull();
        assertThat(queue.offer(call("a", 0), null)).isNull();

        AdmissionRefusal refusal = queue.offer(call("a", 0), Duration.ofSeconds(5));

        assertThat(refusal.reason()).isEqualTo(Reason.DEADLINE);
        assertThat(refusal.expectedWait()).isEqualTo(Duration.ofSeconds(6));
        assertThat(queue.offer(call("a", 0), Duration.ofSeconds(7))).isNull();
        assertThat(queue.offer(call("new", 0), Duration.ofSeconds(5))).as("a caller without calls waits for one turn of each").isNull();
    }

    @Test
    void offer_nothingMeasured_isNotRefusedForItsDeadline() {
        fillSlots();
        for (int call = 0; call < 5; call++) {
            assertThat(queue.offer(call("a", 0), Duration.ofMillis(1))).isNull();
        }
    }

    @Test
    void offer_batchCall_isExpectedToWaitForTheInteractiveOnes() {
        fillSlots();
        queue.answered(queue.epoch(), Duration.ofSeconds(2).toNanos()); // one call each second
        for (int caller = 0; caller < 5; caller++) {
            assertThat(queue.offer(call("caller-" + caller, 0), null)).isNull();
        }

        AdmissionRefusal refusal = queue.offer(
                new QueuedCall<>("b", "b", 1, Priority.BATCH, 0, Long.MAX_VALUE), Duration.ofMillis(5900));

        assertThat(refusal.expectedWait()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void perSecond_slotsAndTimes_areTheRateOfTheServer() {
        assertThat(queue.perSecond()).isNaN();

        fillSlots();
        queue.answered(queue.epoch(), Duration.ofMillis(500).toNanos());

        assertThat(queue.perSecond()).isEqualTo(4);
    }

    @Test
    void of_manyModels_areBoundedAndShareOneQueueBeyondTheBound() {
        AdmissionQueues<String> queues = new AdmissionQueues<>(AdmissionSettings.DEFAULT);
        List<AdmissionQueue<String>> used = new ArrayList<>();
        for (int model = 0; model < AdmissionQueues.MOST; model++) {
            AdmissionQueue<String> own = queues.of(ModelGroup.of("model-" + model));
            assertThat(own.tryStart("before")).isTrue();
            used.add(own);
        }

        AdmissionQueue<String> further = queues.of(ModelGroup.of("further"));
        assertThat(queues.of(ModelGroup.of("another"))).isSameAs(further);
        assertThat(used).doesNotContain(further);

        for (AdmissionQueue<String> ended : used.subList(0, 2)) {
            ended.end("before");
            queues.settle(ended);
        }
        assertThat(queues.of(ModelGroup.of("model-0"))).as("what was learned of a model is kept").isSameAs(used.getFirst());
    }

    @Test
    void of_namesOfOneModel_areOneQueue() {
        AdmissionQueues<String> queues = new AdmissionQueues<>(AdmissionSettings.DEFAULT);

        assertThat(queues.of(ModelGroup.of("llama3.2:latest"))).isSameAs(queues.of(ModelGroup.of("llama3.2")));
        assertThat(queues.of(ModelGroup.of("Llama3.2"))).isSameAs(queues.of(ModelGroup.of("llama3.2")));
        assertThat(queues.of(ModelGroup.of("llama3.2:1b"))).isNotSameAs(queues.of(ModelGroup.of("llama3.2")));
        assertThat(queues.of(ModelGroup.of(null))).isSameAs(queues.of(ModelGroup.of("x".repeat(513))));
    }

    @Test
    void settings_wrongValues_areRefused() {
        AdmissionSettings settings = AdmissionSettings.DEFAULT;
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> settings.withSlots(0, 1));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> settings.withSlots(2, 1));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> settings.withQueue(0, 1));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> settings.withQueue(1, 0));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> settings.withWaits(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> settings.withWaits(Duration.ofSeconds(1), Duration.ofDays(365_000)));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> settings.withBatchShare(Double.NaN));
    }

    private void fillSlots() {
        assertThat(queue.tryStart("before")).isTrue();
        assertThat(queue.tryStart("before")).isTrue();
    }

    private static QueuedCall<String> call(String caller, long bytes) {
        return new QueuedCall<>(caller == null ? "none" : caller, caller, 1, Priority.INTERACTIVE, bytes, Long.MAX_VALUE);
    }
}
