package dev.paddock.test;

import dev.paddock.adapters.http.sim.script.ReceivedCall;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models whose answers a test chooses, and which know what they were asked.
 *
 * <p>Of several stubs that match a call, the one that was made last wins. As soon as there is a stub, a call without one is refused with
 * the status 400, which names the call; only vectors are invented. Thread-safe.
 */
public abstract sealed class StubbedModels permits StubbedServer, FakeLlmPort {

    private final StubTable table = new StubTable();

    StubbedModels() {}

    /** Starts a stub for the calls that satisfy all of these conditions; without conditions, for every call. */
    public Stubbing when(CallMatcher... conditions) {
        CallMatcher matcher = CallMatcher.all(conditions);
        return new Stubbing(answers -> table.add(matcher, answers));
    }

    /** Answers calls that match no stub with this text. */
    public void byDefault(String text) {
        byDefault(StubAnswer.text(text));
    }

    /** Answers calls that match no stub, one after another, with these answers; all calls after them get the last one. */
    public void byDefault(StubAnswer first, StubAnswer... then) {
        table.addDefault(Stubbing.answers(first, then));
    }

    /** Returns the calls since the start or the last reset, in the order in which they came. */
    public List<ReceivedCall> calls() {
        return table.calls();
    }

    /** Returns how many calls their caller gave up before the answer was complete, since the start or the last reset. */
    public abstract long abandonedCalls();

    /**
     * Waits until a caller has given up a call.
     *
     * @throws AssertionError if none has within the limit
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public abstract void awaitAbandonedCall(Duration limit) throws InterruptedException;

    /**
     * Checks that at least one call satisfies all of these conditions.
     *
     * @throws AssertionError with all received calls, if none does
     */
    public void verifyCalled(CallMatcher... conditions) {
        CallMatcher matcher = CallMatcher.all(conditions);
        List<ReceivedCall> calls = calls();
        if (calls.stream().noneMatch(matcher::matches)) {
            throw new AssertionError("expected a call with " + matcher + ", but " + CallReport.of(calls));
        }
    }

    /**
     * Checks that exactly this many calls satisfy all of these conditions; zero is possible.
     *
     * @throws AssertionError with all received calls, if another number does
     */
    public void verifyCalled(int times, CallMatcher... conditions) {
        CallMatcher matcher = CallMatcher.all(conditions);
        List<ReceivedCall> calls = calls();
        long found = calls.stream().filter(matcher::matches).count();
        if (found != times) {
            throw new AssertionError("expected %d calls with %s, but there are %d: %s".formatted(times, matcher, found, CallReport.of(calls)));
        }
    }

    /**
     * Checks that there are calls for these conditions in this order, one for each; other calls may be between them.
     *
     * @throws AssertionError with all received calls, if there are none
     */
    public void verifyInOrder(CallMatcher... conditions) {
        List<ReceivedCall> calls = calls();
        int next = 0;
        for (CallMatcher condition : conditions) {
            while (next < calls.size() && !condition.matches(calls.get(next))) {
                next++;
            }
            if (next == calls.size()) {
                throw new AssertionError("expected calls in this order: " + List.of(conditions) + ", but no call with " + condition
                        + " is at its place: " + CallReport.of(calls));
            }
            next++;
        }
    }

    /**
     * Waits until a call satisfies all of these conditions, for services that call models in the background.
     *
     * @throws AssertionError with all received calls, if none does within the limit
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public void awaitCall(Duration limit, CallMatcher... conditions) throws InterruptedException {
        CallMatcher matcher = CallMatcher.all(conditions);
        if (!table.await(calls -> calls.stream().anyMatch(matcher::matches), limit)) {
            throw new AssertionError("expected a call with " + matcher + " within " + limit.toMillis() + " ms, but " + CallReport.of(calls()));
        }
    }

    /** Forgets the stubs and the calls, and opens the latches of the stubs. Stubs from before the first test of an annotated class stay. */
    public void reset() {
        table.reset();
    }

    /** Keeps the stubs that there are at the next resets. */
    void keepStubs() {
        table.keep();
    }

    /** Forgets the calls. */
    void forgetCalls() {
        table.forgetCalls();
    }

    /** Records a call and returns the answer of its stub; the refusal of a call without one; or null when all is left to the models. */
    @Nullable StubAnswer answerTo(ReceivedCall call) {
        StubAnswer answer = table.answerTo(call);
        if (answer == null && call.kind() != ReceivedCall.Kind.EMBEDDING && isStrict()) {
            return StubAnswer.error(400, "no stub of the test matches this call: " + CallReport.of(List.of(call)));
        }
        return answer;
    }

    /** Returns whether a call without a stub is refused. */
    boolean isStrict() {
        return !table.isEmpty();
    }
}
