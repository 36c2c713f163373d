package dev.paddock.adapters.http.sharedstate;

import static dev.paddock.adapters.http.sharedstate.Members.key;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.RequestFingerprint;
import dev.paddock.domain.reuse.semantic.StoredQuestion;
import dev.paddock.domain.reuse.semantic.UnitVector;
import dev.paddock.ports.reuse.QuestionStorePort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RedisServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The questions of semantic caches, as processes tell each other of them. */
@Timeout(60)
class SharedQuestionsTest {

    private static final int PAGES = 250; // more than two pages

    @Test
    void add_question_isKnownToTheOthersAndToThoseThatStartLater() {
        try (RedisServer server = Members.server();
                SharedStatePort one = Members.open(server);
                SharedStatePort other = Members.open(server)) {
            List<StoredQuestion> received = received(other);
            StoredQuestion question = question(1, "Wie heißt die Hauptstadt von Frankreich?");
            questions(one).add(question);
            Eventually.await("the other knows it", () -> !received.isEmpty());

            StoredQuestion same = received.getFirst();
            assertThat(same.answer()).isEqualTo(question.answer());
            assertThat(same.answer().tenant()).isEqualTo("tenant");
            assertThat(same.rest()).isEqualTo(question.rest());
            assertThat(same.space()).isEqualTo("space");
            assertThat(same.text()).isEqualTo(question.text());
            assertThat(same.vector().similarity(question.vector())).isGreaterThan(0.999_999);

            IntStream.range(2, PAGES + 1).forEach(number -> questions(one).add(question(number, "question " + number)));
            Eventually.await("the other knows all", () -> received.size() == PAGES);
            try (SharedStatePort late = Members.open(server)) {
                List<StoredQuestion> stored = received(late);
                Eventually.await("the late one knows all", () -> stored.size() == PAGES);
                assertThat(stored).extracting(StoredQuestion::text).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void read_whatIsNoQuestion_isLeftOut() {
        try (RedisServer server = Members.server(); SharedStatePort one = Members.open(server)) {
            String name = "test:1:questions:" + requireNonNull(one.answers()).generation();
            for (String malformed : List.of("", "x", "y".repeat(64), "z".repeat(200))) {
                server.run("ZADD", name, "1", malformed);
            }
            List<StoredQuestion> received = received(one);
            questions(one).add(question(1, "a question"));

            Eventually.await("it is known", () -> !received.isEmpty());
            assertThat(received).hasSize(1);
        }
    }

    @Test
    void clear_answers_leavesNoQuestionToThoseThatStartLater() {
        try (RedisServer server = Members.server(); SharedStatePort one = Members.open(server)) {
            List<StoredQuestion> before = received(one);
            questions(one).add(question(1, "before"));
            Eventually.await("it is stored", () -> !before.isEmpty());
            long generation = requireNonNull(one.answers()).generation();
            requireNonNull(one.answers()).remove(AnswerSelection.ALL);
            Eventually.await("the store knows", () -> !server.run("GET", "test:1:generation").contains(Long.toString(generation)));
            questions(one).add(question(2, "after"));

            try (SharedStatePort late = Members.open(server)) {
                List<StoredQuestion> stored = received(late);
                Eventually.await("it knows the new one", () -> !stored.isEmpty());
                assertThat(stored).extracting(StoredQuestion::text).containsExactly("after");
            }
        }
    }

    @Test
    void add_moreThanTheStoreKeeps_dropsTheOldest() {
        try (RedisServer server = Members.server(); SharedStatePort one = Members.open(server)) {
            String name = "test:1:questions:" + requireNonNull(one.answers()).generation();
            server.run(
                    "EVAL", "local t = redis.call('TIME') for i = 1, ARGV[1] do redis.call('ZADD', KEYS[1], t[1] * 1000000 + t[2], i) end", "1", name,
                    String.valueOf(RedisQuestions.MOST));

            questions(one).add(question(1, "newest"));

            Eventually.await("one was dropped for it", () -> server.run("ZRANK", name, "1").isBlank());
            assertThat(server.run("ZCARD", name).strip()).isEqualTo(String.valueOf(RedisQuestions.MOST));
            assertThat(Long.parseLong(server.run("PTTL", name).strip())).isPositive();
        }
    }

    private static QuestionStorePort questions(SharedStatePort state) {
        return requireNonNull(state.questions());
    }

    private static List<StoredQuestion> received(SharedStatePort state) {
        List<StoredQuestion> received = new CopyOnWriteArrayList<>();
        questions(state).onAdded(received::add);
        return received;
    }

    private static StoredQuestion question(int number, String text) {
        return new StoredQuestion(
                key("tenant", number), new RequestFingerprint(5, 6, 7, 8), "space", requireNonNull(UnitVector.of(new float[] {3, 4, number})), text);
    }
}
