package dev.paddock.soak;

import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.soak.ServerAttemptLog.Attempt;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what the caller of each call saw with what the server did. */
final class CallVerifier {

    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private final ServerAttemptLog server;

    CallVerifier(ServerAttemptLog server) {
        this.server = server;
    }

    /** Returns what is wrong with the answer of a call, or null. */
    @Nullable String wrong(CallRecord record) {
        String right = SoakPlan.text(record.call());
        List<Attempt> attempts = server.attempts(record.call());
        LlmException failure = record.failure();
        if (failure == null) {
            if (!record.answer().equals(right)) {
                return "a success with another answer";
            }
            return attempts.stream().anyMatch(Attempt::isAnswered) ? null : "a success without an answer of the server";
        }
        if (!right.startsWith(record.answer()) || !right.startsWith(failure.facts().textReceived())) {
            return "a failure with a text that was never sent";
        }
        if (record.answer().length() > failure.facts().textReceived().length()) {
            return "a failure that forgot what was received";
        }
        boolean answered = !attempts.isEmpty()
                && attempts.getLast().isAnswered()
                && attempts.getLast().fault().isHarmless();
        return answered && !mayEndAnyTime(record, failure) ? "a failure although the server answered" : null;
    }

    /** Returns whether a call was still in progress long after its deadline. */
    static boolean hung(CallRecord record) {
        return record.elapsed().compareTo(SoakPlan.DEADLINE.plus(TOLERANCE)) > 0;
    }

    /** Returns what was done twice, or null; only what is generated must not be. */
    @Nullable String duplicated(CallRecord record, CallKind work) {
        List<Attempt> attempts = server.attempts(record.call());
        if (work.isGenerating() && attempts.stream().filter(Attempt::isAnswered).count() > 1) {
            return "answered more than once";
        }
        int known = record.attempts();
        if (known >= 0 && attempts.size() > known) {
            return "the server saw " + attempts.size() + " attempts, the caller knows of " + known;
        }
        return null;
    }

    private static boolean mayEndAnyTime(CallRecord record, LlmException failure) {
        return record.interrupted()
                || failure.kind() == ErrorKind.TIMEOUT && record.elapsed().compareTo(SoakPlan.DEADLINE) >= 0;
    }
}
