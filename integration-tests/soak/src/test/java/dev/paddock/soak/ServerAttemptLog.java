package dev.paddock.soak;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the server saw of every call. Thread-safe. */
final class ServerAttemptLog {

    private final Map<Integer, List<Attempt>> attempts = new ConcurrentHashMap<>();

    /** Notes that a request of a call has arrived. */
    Attempt received(int call, SoakPlan plan) {
        List<Attempt> ofCall = attempts.computeIfAbsent(call, number -> new CopyOnWriteArrayList<>());
        synchronized (ofCall) {
            Attempt attempt = new Attempt(plan.fault(call, ofCall.size()));
            ofCall.add(attempt);
            return attempt;
        }
    }

    /** Returns the attempts of a call in the order of their arrival. */
    List<Attempt> attempts(int call) {
        return attempts.getOrDefault(call, List.of());
    }

    int attempts() {
        return attempts.values().stream().mapToInt(List::size).sum();
    }

    long count(InjectedFault fault) {
        return attempts.values().stream()
                .flatMap(List::stream)
                .filter(attempt -> attempt.fault == fault)
                .count();
    }

    /** One request as the server saw it. */
    static final class Attempt {

        private final InjectedFault fault;
        private volatile boolean answered;

        private Attempt(InjectedFault fault) {
            this.fault = fault;
        }

        InjectedFault fault() {
            return fault;
        }

        /** Notes that a whole and right answer is being handed to the network. */
        void answering() {
            answered = true;
        }

        boolean isAnswered() {
            return answered;
        }
    }
}
