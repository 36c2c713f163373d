package dev.paddock.test;

import dev.paddock.adapters.http.sim.script.ReceivedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The stubs of a test and the calls that it received. Thread-safe. */
final class StubTable {

    private final Lock lock = new ReentrantLock();
    private final Condition received = lock.newCondition();
    private final List<Stub> stubs = new ArrayList<>(); // the newest last, guarded by lock like all below
    private final List<Stub> defaults = new ArrayList<>();
    private final List<ReceivedCall> calls = new ArrayList<>();
    private int keptStubs;
    private int keptDefaults;

    void add(CallMatcher matcher, List<StubAnswer> answers) {
        locked(() -> stubs.add(new Stub(matcher, answers)));
    }

    void addDefault(List<StubAnswer> answers) {
        locked(() -> defaults.add(new Stub(CallMatcher.anything(), answers)));
    }

    /** Records a call and returns its answer, or null when no stub matches. */
    @Nullable StubAnswer answerTo(ReceivedCall call) {
        lock.lock();
        try {
            calls.add(call);
            received.signalAll();
            StubAnswer answer = newestFor(call, stubs);
            return answer == null ? newestFor(call, defaults) : answer;
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable StubAnswer newestFor(ReceivedCall call, List<Stub> candidates) {
        for (Stub stub : candidates.reversed()) {
            StubAnswer answer = stub.takeFor(call);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return locked(() -> stubs.isEmpty() && defaults.isEmpty());
    }

    List<ReceivedCall> calls() {
        return locked(() -> List.copyOf(calls));
    }

    /** Waits until the calls satisfy a condition; returns whether they did within the limit. */
    boolean await(Predicate<List<ReceivedCall>> condition, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (!condition.test(List.copyOf(calls))) {
                if (left <= 0) {
                    return false;
                }
                left = received.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the stubs that there are, whenever the table is reset. */
    void keep() {
        locked(() -> {
            keptStubs = stubs.size();
            keptDefaults = defaults.size();
            return keptStubs;
        });
    }

    void forgetCalls() {
        locked(() -> {
            calls.clear();
            return calls;
        });
    }

    /** Forgets the calls and all stubs that are not kept, opens the latches of the latter, and starts kept sequences again. */
    void reset() {
        locked(() -> {
            calls.clear();
            dropAfter(keptStubs, stubs);
            dropAfter(keptDefaults, defaults);
            return calls;
        });
    }

    private static void dropAfter(int kept, List<Stub> all) {
        List<Stub> dropped = all.subList(kept, all.size());
        dropped.forEach(Stub::release);
        dropped.clear();
        all.forEach(Stub::restart);
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Answers one after another for calls of one kind; the last one stays. Guarded by the lock of the table. */
    private static final class Stub {

        private final CallMatcher matcher;
        private final List<StubAnswer> answers;
        private int used;

        Stub(CallMatcher matcher, List<StubAnswer> answers) {
            this.matcher = matcher;
            this.answers = List.copyOf(answers);
        }

        private @Nullable StubAnswer takeFor(ReceivedCall call) {
            StubAnswer next = answers.get(Math.min(used, answers.size() - 1));
            if (!next.fits(call) || !matcher.matches(call)) {
                return null;
            }
            used = Math.min(used + 1, answers.size());
            return next;
        }

        private void restart() {
            used = 0;
        }

        private void release() {
            for (StubAnswer answer : answers) {
                StubAnswer.Hold hold = answer.hold();
                if (hold != null) {
                    hold.latch().open();
                }
            }
        }
    }
}
