package dev.paddock.domain.reuse.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions that need different answers are told apart, in both directions; questions in other words are not. */
class QuestionGuardTest {

    private static final QuestionGuard GUARD = new QuestionGuard(10, 1000);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            What is 8 times 7?                          | What is 8 times 9?                           | NUMBER
            Is -5 degrees cold for you?                 | Is 5 degrees cold for you?                   | NUMBER
            Give me seven ideas for dinner              | Give me nine ideas for dinner                | NUMBER
            What is 1.5 as a fraction?                  | What is 15 as a fraction?                    | NUMBER
            Is version 1.10 the newest?                 | Is version 1.2 the newest?                   | NUMBER
            Is the B12 vitamin good?                    | Is the B6 vitamin good?                      | NUMBER
            Who was the third president?                | Who was the fourth president?                | NUMBER
            What is 3/4 of the total sum?               | What is 1/4 of the total sum?                | CODE
            The 2nd of the chapters, please             | The 3rd of the chapters, please              | NUMBER
            Subtract 7 from 12 for me                   | Subtract 12 from 7 for me                    | NUMBER
            How far is 10 km for a child?               | How far is 10 miles for a child?             | UNIT
            How far is 10km for a child?                | How far is 10m for a child?                  | UNIT
            How much is $20 in gold?                    | How much is €20 in gold?                     | UNIT
            What is the price per week?                 | What is the price per month?                 | UNIT
            Are you open on Monday?                     | Are you open on Tuesday?                     | DATE
            What is the weather today?                  | What is the weather tomorrow?                | DATE
            What did we sell last week?                 | What did we sell this week?                  | DATE
            Show the bill from 3 May here               | Show the bill from 3 March here              | DATE
            Should I eat it in the morning?             | Should I eat it in the evening?              | DATE
            How do you spell "their" here?              | How do you spell "there" here?               | QUOTE
            Translate 'cat' to French                   | Translate 'dog' to French                    | QUOTE
            What does `ls -l` do?                       | What does `ls -a` do?                        | CODE
            What does user_id mean here?                | What does order_id mean here?                | CODE
            Explain List.of to me please                | Explain Set.copy to me please                | CODE
            Is C++ hard to learn today?                 | Is C# hard to learn today?                   | CODE
            What is in /etc/hosts on it?                | What is in /etc/passwd on it?                | CODE
            What does --force do to it?                 | What does --quiet do to it?                  | CODE
            Which birds can fly over here?              | Which birds can't fly over here?             | NEGATION
            Which plants are toxic to cats?             | Which plants are never toxic to cats?        | NEGATION
            Make the soup with garlic, please           | Make the soup without garlic, please         | NEGATION
            How do I lock the door?                     | How do I unlock the door?                    | ANTONYM
            How do I increase the volume?               | How do I decrease the volume?                | ANTONYM
            Why is the result valid here?               | Why is the result invalid here?              | ANTONYM
            Is a careful driver slow?                   | Is a careless driver slow?                   | ANTONYM
            Where was the painter born?                 | When was the painter born?                   | ANTONYM
            What is the tallest tower?                  | What is the shortest tower?                  | ANTONYM
            Can I change my address here?               | Can I change his address here?               | ANTONYM
            What happens before the meeting?            | What happens after the meeting?              | ANTONYM
            What is the capital of Peru?                | What is the capital of Chad?                 | NAME
            Berlin has how many people?                 | Madrid has how many people?                  | NAME
            Did Anna write to the bank?                 | Did Otto write to the bank?                  | NAME
            Which trains go from Bern to Lyon?          | Which trains go from Lyon to Bern?           | WORD_ORDER
            Is tea healthier than coffee?               | Is coffee healthier than tea?                | WORD_ORDER
            Was ist die Hauptstadt von Polen?           | Wie heisst die Hauptstadt von Polen?         | LANGUAGE
            Какая столица у Польши сейчас?              | Назови столицу Польши, пожалуйста            | LANGUAGE
            continue                                    | continue it                                  | LENGTH
            """)
    void difference_questionsWithOtherAnswers_isFound(String one, String other, QuestionDifference expected) {
        assertThat(GUARD.difference(one, other)).isEqualTo(expected);
        assertThat(GUARD.difference(other, one)).isEqualTo(expected);
        assertThat(GUARD.difference(one, one)).isIn(null, QuestionDifference.LANGUAGE, QuestionDifference.LENGTH);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            What is the capital of Peru?                | Tell me the capital of Peru
            How can I reset the password?               | how do I reset my password
            Give me 4 lines about rain                  | Write four lines about rain
            How many inhabitants has Berlin?            | What is the population of Berlin?
            How far is 10 kilometres?                   | How far is 10km really?
            Explain recursion to a beginner             | Describe recursion for a beginner, please
            Is 1,000 a large number for it?             | is 1000 a large number, then?
            What's the boiling point of water?          | What is the boiling point of water?
            """)
    void difference_sameQuestionInOtherWords_isNotFound(String one, String other) {
        assertThat(GUARD.difference(one, other)).isNull();
        assertThat(GUARD.difference(other, one)).isNull();
    }

    @Test
    void answerDifference_shortAnswers_findsOppositesAndNumbers() {
        assertThat(QuestionGuard.answerDifference("Yes, that is safe.", "No, that is not safe.")).isEqualTo(QuestionDifference.NEGATION);
        assertThat(QuestionGuard.answerDifference("It is 42.", "It is 43.")).isEqualTo(QuestionDifference.NUMBER);
        assertThat(QuestionGuard.answerDifference("It is 42.", "The answer is 42.")).isNull();
    }

    @Test
    void difference_oddTexts_neverFails() {
        List<String> odd = List.of(
                "", " ", "\0\0\0\0\0\0\0\0\0\0\0\0", "\ud800 half a pair of characters", "`````````````", "\"\"\"\"\"\"\"\"\"\"\"\"", "''''''''''''''''",
                "$$$$$$$$$$$$$$$$", "１２ apples are how many?", "-.-.-.-.-.-.-.-.-", "\n\n\n\n\n what is it", "½ of the cake is how much?", "()()()()()()()()()",
                "1,2,".repeat(250), "it's's".repeat(150), "a".repeat(1000), "( ".repeat(500), "'a".repeat(400), "9".repeat(1000));
        for (String one : odd) {
            for (String other : odd) {
                QuestionDifference difference = GUARD.difference(one, other);
                assertThat(GUARD.difference(other, one)).isEqualTo(difference);
            }
        }
        assertThat(GUARD.difference("１２ apples are how many?", "12 apples are how many?")).isNull();
        assertThat(GUARD.difference("½ of the cake is how much?", "¼ of the cake is how much?")).isEqualTo(QuestionDifference.NUMBER);
    }

    @Test
    void admits_bounds_areInclusive() {
        assertThat(GUARD.admits("0123456789")).isTrue();
        assertThat(GUARD.admits("  123456789  ")).isFalse();
        assertThat(GUARD.admits("a".repeat(1000))).isTrue();
        assertThat(GUARD.admits("a".repeat(1001))).isFalse();
        assertThatThrownBy(() -> new QuestionGuard(0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QuestionGuard(6, 5)).isInstanceOf(IllegalArgumentException.class);
    }
}
