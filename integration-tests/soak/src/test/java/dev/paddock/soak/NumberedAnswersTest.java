package dev.paddock.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.script.ReceivedCall;
import dev.paddock.adapters.http.sim.script.ReceivedCall.Kind;
import dev.paddock.adapters.http.sim.script.ReceivedMessage;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.Generation;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Answers that never prove anything would prove nothing. */
class NumberedAnswersTest {

    private static final String TOPIC = "What is said about topic-3, please?";
    private static final String CASE = "What is said about case-7, please?";

    private final NumberedAnswers answers = new NumberedAnswers();

    @Test
    void wrong_answerOfTheTenant_isNotWrongHoweverOftenItIsSeen() {
        String answer = ask(TOPIC);

        assertThat(answers.wrong("a", TOPIC, answer)).isNull();
        assertThat(answers.wrong("a", TOPIC, answer)).isNull();
    }

    @Test
    void wrong_answerThatAnotherTenantHasSeen_isWrong() {
        String answer = ask(TOPIC);
        assertThat(answers.wrong("a", TOPIC, answer)).isNull();

        assertThat(answers.wrong("b", TOPIC, answer)).contains("an answer of a for b");
        assertThat(answers.wrong("b", TOPIC, ask(TOPIC))).isNull();
    }

    @Test
    void wrong_answerToAnotherQuestionOrAPartOfOne_isWrong() {
        assertThat(answers.wrong("a", TOPIC, ask(CASE))).contains("case-7");
        assertThat(answers.wrong("a", TOPIC, ask(TOPIC) + ask(TOPIC))).isNotNull();
        assertThat(answers.wrong("a", TOPIC, ask(TOPIC).substring(0, 40))).isNotNull();
    }

    @Test
    void duplicated_secondAttemptOfAQuestionThatIsAskedOnce_needsAFault() {
        String unused = ask(CASE);
        assertThat(answers.duplicated(CASE, (from, to) -> false)).isNull();

        String second = ask(CASE) + ask(TOPIC) + ask(TOPIC);

        assertThat(second).isNotEmpty();
        assertThat(answers.duplicated(CASE, (from, to) -> false)).contains("2 attempts");
        assertThat(answers.duplicated(CASE, (from, to) -> true)).isNull();
        assertThat(answers.duplicated(TOPIC, (from, to) -> false)).isNull();
    }

    private String ask(String question) {
        ReceivedCall call = new ReceivedCall(
                Kind.CHAT, "/api/chat", "m", false, List.of(new ReceivedMessage("user", question)), List.of(), List.of());
        Generation generation = (Generation) Objects.requireNonNull(Objects.requireNonNull(answers.answerTo(call)).content());
        return String.join("", generation.pieces());
    }
}
