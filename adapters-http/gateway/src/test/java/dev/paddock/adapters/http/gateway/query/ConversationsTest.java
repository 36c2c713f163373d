package dev.paddock.adapters.http.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.query.Conversations.ConversationKey;
import dev.paddock.domain.documents.DocumentQuestion.ConversationTurn;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConversationsTest {

    private static final ConversationTurn TURN = new ConversationTurn("question", "answer");

    private final AtomicLong time = new AtomicLong();
    private final Conversations conversations = new Conversations(time::get);

    @Test
    void turns_longAfterTheLastUse_areForgotten() {
        ConversationKey used = new ConversationKey("a", "used");
        ConversationKey idle = new ConversationKey("a", "idle");
        conversations.add(used, TURN);
        conversations.add(idle, TURN);
        time.addAndGet(Conversations.EXPIRY.toNanos());
        assertThat(conversations.turns(used)).containsExactly(TURN);
        time.incrementAndGet();

        assertThat(conversations.turns(idle)).isEmpty();
        assertThat(conversations.turns(used)).containsExactly(TURN);
    }

    @Test
    void add_moreTurnsThanAreKept_dropsTheOldest() {
        ConversationKey key = new ConversationKey("a", "chat");
        for (int number = 0; number < 12; number++) {
            conversations.add(key, new ConversationTurn("question " + number, "answer"));
        }

        assertThat(conversations.turns(key)).extracting(ConversationTurn::question).hasSize(10).startsWith("question 2").endsWith("question 11");
    }

    @Test
    void add_moreCharactersThanAreKept_dropsTheOldest() {
        ConversationKey key = new ConversationKey("a", "chat");
        conversations.add(key, new ConversationTurn("q", "x".repeat(19_999)));
        conversations.add(key, new ConversationTurn("r", "x".repeat(19_999)));
        assertThat(conversations.turns(key)).hasSize(2);
        conversations.add(key, new ConversationTurn("s", ""));
        assertThat(conversations.turns(key)).extracting(ConversationTurn::question).containsExactly("r", "s");
        conversations.add(key, new ConversationTurn("t", "x".repeat(40_000)));

        assertThat(conversations.turns(key)).isEmpty();
    }

    @Test
    void add_manyOfOneCaller_forgetsOnlyItsOwn() {
        ConversationKey other = new ConversationKey("other", "chat");
        conversations.add(other, TURN);
        for (int number = 0; number < 2 * Conversations.MOST_CONVERSATIONS; number++) {
            conversations.add(new ConversationKey("greedy", "chat " + number), TURN);
        }

        assertThat(conversations.turns(other)).containsExactly(TURN);
        int last = 2 * Conversations.MOST_CONVERSATIONS - 1;
        assertThat(conversations.turns(new ConversationKey("greedy", "chat " + last))).containsExactly(TURN);
        assertThat(conversations.turns(new ConversationKey("greedy", "chat " + (last - Conversations.MOST_OF_AN_OWNER + 1)))).containsExactly(TURN);
        assertThat(conversations.turns(new ConversationKey("greedy", "chat " + (last - Conversations.MOST_OF_AN_OWNER)))).isEmpty();
    }

    @Test
    void add_moreThanAllTogetherMayHave_forgetsOneOfTheCallerWithTheMost() {
        ConversationKey small = new ConversationKey("small", "chat");
        conversations.add(small, TURN);
        for (int number = 0; number < Conversations.MOST_CONVERSATIONS; number++) {
            conversations.add(new ConversationKey("caller " + number / 50, "chat " + number), TURN);
        }

        assertThat(conversations.turns(small)).containsExactly(TURN);
        assertThat(conversations.turns(new ConversationKey("caller 0", "chat 0"))).isEmpty();
        assertThat(conversations.turns(new ConversationKey("caller 0", "chat 1"))).containsExactly(TURN);
    }
}
