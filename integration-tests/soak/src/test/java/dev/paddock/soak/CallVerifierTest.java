package dev.paddock.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.TruncatedResponseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A ledger that never complains would prove nothing. */
class CallVerifierTest {

    private static final int CALL = 7;

    private final SoakPlan plan = new SoakPlan(1, SoakPlan.WORST_DAY);
    private final ServerAttemptLog server = new ServerAttemptLog();
    private final CallVerifier judgement = new CallVerifier(server);

    @Test
    void wrong_rightAnswer_isNotWrong() {
        server.received(CALL, plan).answering();

        assertThat(judgement.wrong(success(SoakPlan.text(CALL)))).isNull();
        assertThat(judgement.duplicated(success(SoakPlan.text(CALL)), CallKind.CHAT)).isNull();
    }

    @Test
    void wrong_otherAnswerOrPartOfIt_isWrong() {
        server.received(CALL, plan).answering();

        assertThat(judgement.wrong(success(SoakPlan.text(CALL + 1)))).isNotNull();
        assertThat(judgement.wrong(success(SoakPlan.text(CALL).substring(0, 5)))).isNotNull();
    }

    @Test
    void wrong_successThatTheServerNeverGave_isWrong() {
        server.received(CALL, plan);

        assertThat(judgement.wrong(success(SoakPlan.text(CALL)))).isNotNull();
    }

    @Test
    void wrong_failureThatForgotItsText_isWrong() {
        assertThat(judgement.wrong(failure(" piece", ""))).isNotNull();
        assertThat(judgement.wrong(failure(" piece", " piece"))).isNull();
    }

    @Test
    void duplicated_twoAnswers_isDuplicated() {
        server.received(CALL, plan).answering();
        server.received(CALL, plan).answering();

        assertThat(judgement.duplicated(success(SoakPlan.text(CALL)), CallKind.CHAT)).isNotNull();
    }

    @Test
    void duplicated_attemptNobodyKnowsOf_isDuplicated() {
        server.received(CALL, plan);
        server.received(CALL, plan);

        assertThat(judgement.duplicated(failure("", ""), CallKind.CHAT)).isNotNull();
    }

    @Test
    void hung_longAfterTheDeadline_isHung() {
        assertThat(CallVerifier.hung(new CallRecord(CALL, null, "", SoakPlan.DEADLINE.plusMillis(1_001), false))).isTrue();
        assertThat(CallVerifier.hung(new CallRecord(CALL, null, "", SoakPlan.DEADLINE.plusMillis(900), false))).isFalse();
    }

    private static CallRecord success(@Nullable String answer) {
        return new CallRecord(CALL, null, String.valueOf(answer), Duration.ofMillis(1), false);
    }

    private static CallRecord failure(String handedOut, String received) {
        ErrorFacts facts = ErrorFacts.NONE.withAttempts(1).withTextReceived(received);
        return new CallRecord(
                CALL, new TruncatedResponseException("ended", facts), handedOut, Duration.ofMillis(1), false);
    }
}
