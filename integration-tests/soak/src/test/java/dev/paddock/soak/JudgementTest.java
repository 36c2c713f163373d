package dev.paddock.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.TruncatedResponseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A ledger that never complains would prove nothing. */
class JudgementTest {

    private static final int CALL = 7;

    private final Plan plan = new Plan(1, Plan.WORST_DAY);
    private final ServerLedger server = new ServerLedger();
    private final Judgement judgement = new Judgement(server);

    @Test
    void wrong_rightAnswer_isNotWrong() {
        server.received(CALL, plan).answering();

        assertThat(judgement.wrong(success(Plan.text(CALL)))).isNull();
        assertThat(judgement.duplicated(success(Plan.text(CALL)), Work.CHAT)).isNull();
    }

    @Test
    void wrong_otherAnswerOrPartOfIt_isWrong() {
        server.received(CALL, plan).answering();

        assertThat(judgement.wrong(success(Plan.text(CALL + 1)))).isNotNull();
        assertThat(judgement.wrong(success(Plan.text(CALL).substring(0, 5)))).isNotNull();
    }

    @Test
    void wrong_successThatTheServerNeverGave_isWrong() {
        server.received(CALL, plan);

        assertThat(judgement.wrong(success(Plan.text(CALL)))).isNotNull();
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

        assertThat(judgement.duplicated(success(Plan.text(CALL)), Work.CHAT)).isNotNull();
    }

    @Test
    void duplicated_attemptNobodyKnowsOf_isDuplicated() {
        server.received(CALL, plan);
        server.received(CALL, plan);

        assertThat(judgement.duplicated(failure("", ""), Work.CHAT)).isNotNull();
    }

    @Test
    void hung_longAfterTheDeadline_isHung() {
        assertThat(Judgement.hung(new CallRecord(CALL, null, "", Plan.DEADLINE.plusMillis(1_001), false))).isTrue();
        assertThat(Judgement.hung(new CallRecord(CALL, null, "", Plan.DEADLINE.plusMillis(900), false))).isFalse();
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
