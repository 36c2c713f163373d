package dev.paddock.adapters.http.sharedstate;

import static dev.paddock.adapters.http.sharedstate.Members.HOUR;
import static dev.paddock.adapters.http.sharedstate.Members.answer;
import static dev.paddock.adapters.http.sharedstate.Members.key;
import static dev.paddock.adapters.http.sharedstate.Members.put;
import static dev.paddock.adapters.http.sharedstate.Members.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.ports.reuse.AnswerStorePort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that two processes share. */
@Timeout(60)
class SharedAnswersTest {

    private RedisServer server;
    private SharedStatePort one;
    private SharedStatePort other;

    @BeforeEach
    void open() {
        server = Members.server();
        one = Members.open(server);
        other = Members.open(server);
    }

    @AfterEach
    void close() {
        if (server != null) {
            one.close();
            other.close();
            server.close();
        }
    }

    @Test
    void find_storedByAnotherProcess_isTheWholeAnswer() {
        StoredAnswer stored = answer(key("tenant", 1), "hello");
        put(one.answers(), stored);
        awaitFound(other.answers(), stored.key());

        StoredAnswer found = other.answers().find(stored.key());
        assertThat(found).usingRecursiveComparison().ignoringFields("storedAt", "answer.frames").isEqualTo(stored);
        assertThat(found.age(Instant.now())).isLessThan(Duration.ofMinutes(1));
        List<Frame> frames = found.answer().frames();
        assertThat(frames).hasSize(3);
        assertThat(frames.getFirst().contentLength()).isEqualTo(5);
        assertThat(frames.get(1).hasContent()).isFalse();
        assertThat(frames.getLast().isTerminal()).isTrue();
        assertThat(found.answer().body()).isEqualTo(stored.answer().body());
    }

    @Test
    void find_otherTenantModelVersionOrQuestion_isNoAnswer() {
        AnswerKey key = key("tenant", 1);
        put(one.answers(), answer(key, "secret"));
        awaitFound(other.answers(), key);

        for (AnswerKey asked : List.of(
                key("tenan", 1),
                key("", 1),
                key("tenant", 2),
                new AnswerKey("tenantm", "", key.version(), key.fingerprint()),
                new AnswerKey("tenant", "m2", key.version(), key.fingerprint()),
                new AnswerKey("tenant", "m", "other digest", key.fingerprint()))) {
            assertThat(text(other.answers(), asked)).isEmpty();
        }
    }

    @Test
    void find_valueUnderTheNameOfAnotherQuestion_isNoAnswer() {
        put(one.answers(), answer(key("a", 1), "of a"));
        put(one.answers(), answer(key("b", 1), "of b"));
        awaitFound(other.answers(), key("a", 1));
        awaitFound(other.answers(), key("b", 1));
        List<String> names = answerNames();
        assertThat(names).hasSize(2);
        server.run("COPY", names.get(0), names.get(1), "REPLACE");
        server.run("COPY", names.get(1), names.get(0), "REPLACE");

        assertThat(List.of(text(other.answers(), key("a", 1)), text(other.answers(), key("b", 1)))).containsOnlyOnce("");
        assertThat(text(other.answers(), key("a", 1))).isIn("", "of a");
        assertThat(text(other.answers(), key("b", 1))).isIn("", "of b");
    }

    @Test
    void find_valueThatNobodyWrote_isNoAnswer() {
        AnswerKey key = key("a", 1);
        put(one.answers(), answer(key, "text"));
        awaitFound(other.answers(), key);
        String name = answerNames().getFirst();
        for (String value : List.of("", "x", "a".repeat(31), "a".repeat(32), "a".repeat(100_000))) {
            server.run("SET", name, value, "PX", "100000");
            assertThat(text(other.answers(), key)).isEmpty();
        }
        server.run("DEL", name);
        server.run("LPUSH", name, "a list");
        assertThat(text(other.answers(), key)).isEmpty();
    }

    @Test
    void find_answerWithoutAnEndOfItsTime_isNoAnswer() {
        AnswerKey key = key("a", 1);
        put(one.answers(), answer(key, "text"));
        awaitFound(other.answers(), key);
        server.run("PERSIST", answerNames().getFirst());

        assertThat(text(other.answers(), key)).isEmpty();
    }

    @Test
    void names_inTheStore_showNeitherCallerNorModel() {
        put(one.answers(), answer(key("the tenant", 1), "hello"));
        awaitFound(other.answers(), key("the tenant", 1));

        assertThat(server.run("KEYS", "*")).doesNotContain("tenant", "hello").contains("test:1:answer:");
        assertThat(server.run("KEYS", "*").lines()).allMatch(name -> name.startsWith("test:1:"));
    }

    @Test
    void remove_inOneProcess_removesForAll() {
        AtomicInteger removals = new AtomicInteger();
        AnswerKey key = key("a", 1);
        put(one.answers(), answer(key, "old"));
        awaitFound(other.answers(), key);
        other.onAnswersRemoved(removals::incrementAndGet);
        long before = one.answers().generation();

        one.answers().remove(AnswerSelection.ALL);
        assertThat(text(one.answers(), key)).isEmpty();
        Eventually.await("the other process has removed its answers, too", () -> removals.get() == 1);
        Eventually.await("both agree", () -> other.answers().generation() > before);

        assertThat(text(other.answers(), key)).isEmpty();
        put(other.answers(), answer(key, "new"));
        awaitFound(one.answers(), key);
        assertThat(text(one.answers(), key)).isEqualTo("new");
        assertThat(removals).hasValue(1);
    }

    @Test
    void put_ofTheGenerationBefore_isFoundByNobody() {
        AnswerKey key = key("a", 1);
        long before = other.answers().generation();
        one.answers().remove(AnswerSelection.ALL);
        other.answers().put(answer(key, "old"), HOUR, before);
        Eventually.await("it is in the store", () -> !answerNames().isEmpty());
        Eventually.await("both agree", () -> other.answers().generation() == one.answers().generation());

        assertThat(text(one.answers(), key)).isEmpty();
        assertThat(text(other.answers(), key)).isEmpty();
    }

    @Test
    void find_answerThatWasRemovedElsewhere_isNoneBeforeTheAnnouncement() {
        AnswerKey key = key("a", 1);
        put(one.answers(), answer(key, "old"));
        awaitFound(other.answers(), key);
        server.run("INCR", "test:1:generation"); // as another process does

        assertThat(text(other.answers(), key)).isEmpty();
    }

    @Test
    void remove_inTwoProcessesAtOnce_isLostByNeither() {
        AnswerKey key = key("a", 1);
        for (int round = 0; round < 20; round++) {
            String text = "round " + round;
            Eventually.await("both agree, and the answer is stored", () -> {
                put(one.answers(), answer(key, text));
                return text(other.answers(), key).equals(text);
            });
            one.answers().remove(AnswerSelection.ALL);
            other.answers().remove(AnswerSelection.ALL);
            assertThat(text(one.answers(), key)).isEmpty();
            assertThat(text(other.answers(), key)).isEmpty();
        }
    }

    @Test
    void remove_rightAfterARemovalElsewhere_beginsAGenerationOfItsOwn() {
        for (int round = 0; round < 10; round++) {
            long before = Long.parseLong(server.run("GET", "test:1:generation"));
            server.run("INCR", "test:1:generation"); // as another process does; nothing is announced
            other.answers().remove(AnswerSelection.ALL);

            Eventually.await("there are two more", () -> Long.parseLong(server.run("GET", "test:1:generation")) >= before + 2);
            Eventually.await("both agree", () -> one.answers().generation() == other.answers().generation());
        }
    }

    @Test
    void connectionOfAnnouncements_thatIsCut_isOpenedAgain() {
        server.run("CLIENT", "KILL", "TYPE", "pubsub");

        Eventually.await("both listen again", () -> server.run("PUBSUB", "NUMSUB", "test:1:changes").endsWith("\n2"));
    }

    @Test
    void changeOfModels_inOneProcess_isAnnouncedToTheOthersOnly() {
        AtomicInteger own = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        one.onModelChange(own::incrementAndGet);
        other.onModelChange(others::incrementAndGet);

        one.announceModelChange();
        Eventually.await("the other process learns of it", () -> others.get() > 0);
        server.run("DEL", "test:1:models"); // both notice
        Eventually.await("the loss of the token is a change", () -> own.get() == 1 && others.get() == 2);
    }

    @Test
    void put_largeAnswer_isStoredAsLongAsItsCompressedFormIsSmall() {
        AnswerKey large = key("a", 1);
        AnswerKey random = key("a", 2);
        StringBuilder noise = new StringBuilder();
        java.util.Random chance = new java.util.Random(1);
        for (int index = 0; index < 200_000; index++) {
            noise.append((char) (' ' + chance.nextInt(90)));
        }
        put(one.answers(), answer(random, noise.toString()));
        put(one.answers(), answer(large, "a".repeat(500_000)));
        awaitFound(other.answers(), large);

        assertThat(text(other.answers(), random)).isEmpty();
        assertThat(Long.parseLong(server.run("STRLEN", answerNames().getFirst()))).isLessThan(10_000);
    }

    private List<String> answerNames() {
        return server.run("KEYS", "test:1:answer:*").lines().sorted().toList();
    }

    private static void awaitFound(AnswerStorePort store, AnswerKey key) {
        Eventually.await("the answer is stored", () -> store.find(key) != null);
    }
}
