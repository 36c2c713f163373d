package dev.paddock.domain.admission;

import dev.paddock.domain.exchange.CallAttributes.Priority;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A server with a number of slots in virtual time, and its queue. Each call has a number and a service time. */
final class SlotSimulation {

    private record Running(int call, @Nullable String caller, long endsAt) {}

    private final AdmissionQueue<Integer> queue;
    private final PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingLong(Running::endsAt));
    private final Map<Integer, Long> serviceTimes = new HashMap<>();
    private final Map<Integer, Long> startedAt = new HashMap<>();
    private final Map<Integer, Long> endedAt = new HashMap<>();
    private long now;

    SlotSimulation(AdmissionSettings settings) {
        queue = new AdmissionQueue<>(ModelGroup.of("m"), settings, new SharedRoom(settings.room().bytes()));
    }

    AdmissionQueue<Integer> queue() {
        return queue;
    }

    /** A call arrives now. */
    @Nullable AdmissionRefusal arrive(int call, @Nullable String caller, int weight, Priority priority, long serviceTime) {
        serviceTimes.put(call, serviceTime);
        if (queue.tryStart(caller)) {
            start(call, caller);
            return null;
        }
        return queue.offer(new QueuedCall<>(call, caller, weight, priority, 0, Long.MAX_VALUE), null);
    }

    @Nullable AdmissionRefusal arrive(int call, @Nullable String caller) {
        return arrive(call, caller, 1, Priority.INTERACTIVE, 1);
    }

    /** The next call ends, and those that its slot is for start; returns false when no call is running. */
    boolean step() {
        Running next = running.poll();
        if (next == null) {
            return false;
        }
        now = next.endsAt();
        endedAt.put(next.call(), now);
        queue.answered(queue.epoch(), serviceTimes.get(next.call()));
        queue.end(next.caller());
        for (QueuedCall<Integer> call = queue.startNext(); call != null; call = queue.startNext()) {
            start(call.value(), call.caller());
        }
        return true;
    }

    void runUntil(long time) {
        while (!running.isEmpty() && running.peek().endsAt() <= time) {
            step();
        }
        now = time;
    }

    void runAll() {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = step();
        }
    }

    long startOf(int call) {
        return startedAt.get(call);
    }

    long endOf(int call) {
        return endedAt.get(call);
    }

    boolean hasStarted(int call) {
        return startedAt.containsKey(call);
    }

    int started() {
        return startedAt.size();
    }

    private void start(int call, @Nullable String caller) {
        startedAt.put(call, now);
        running.add(new Running(call, caller, now + serviceTimes.get(call)));
    }
}
