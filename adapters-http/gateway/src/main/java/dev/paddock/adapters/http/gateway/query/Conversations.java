package dev.paddock.adapters.http.gateway.query;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.documents.DocumentQuestion.ConversationTurn;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last turns of conversations, in the memory of this process only. Each caller has conversations of its own. A conversation is forgotten
 * when it was not used for a while. When a caller has too many, its own that was not used for the longest time is forgotten; when all callers
 * together have, that of the caller with the most. Thread-safe.
 */
final class Conversations {

    /** The limits: a conversation in full takes 40,000 characters, and all of them at most about 80 MB. */
    static final int MOST_CONVERSATIONS = 1_000;

    static final int MOST_OF_AN_OWNER = 100;
    static final int MOST_TURNS = 10;
    static final int MOST_CHARACTERS = 40_000;
    static final Duration EXPIRY = Duration.ofHours(1);

    private final Ticker ticker;
    private final Lock lock = new ReentrantLock();
    private final Map<ConversationKey, Conversation> byUse = new LinkedHashMap<>(16, 0.75f, true); // guarded by lock

    /** Creates the memory, with {@code System::nanoTime} in production. */
    Conversations(Ticker ticker) {
        this.ticker = requireNonNull(ticker, "ticker");
    }

    /** Returns the turns of a conversation, the oldest first; none when it is not known. */
    List<ConversationTurn> turns(ConversationKey key) {
        lock.lock();
        try {
            forgetExpired();
            Conversation known = byUse.get(key);
            if (known == null) {
                return List.of();
            }
            byUse.put(key, new Conversation(known.turns(), ticker.nanos()));
            return known.turns();
        } finally {
            lock.unlock();
        }
    }

    /** Adds a turn to a conversation, and drops its oldest turns when it becomes too long. */
    void add(ConversationKey key, ConversationTurn turn) {
        lock.lock();
        try {
            forgetExpired();
            Conversation known = byUse.get(key);
            List<ConversationTurn> turns = known == null ? new ArrayList<>() : new ArrayList<>(known.turns());
            turns.add(turn);
            while (turns.size() > MOST_TURNS || turns.stream().mapToInt(Conversations::characters).sum() > MOST_CHARACTERS) {
                turns.removeFirst();
            }
            byUse.put(key, new Conversation(List.copyOf(turns), ticker.nanos()));
            forgetTooMany(key.owner());
        } finally {
            lock.unlock();
        }
    }

    private void forgetTooMany(String owner) {
        Map<String, Integer> counts = new HashMap<>();
        byUse.keySet().forEach(key -> counts.merge(key.owner(), 1, Integer::sum));
        if (counts.getOrDefault(owner, 0) > MOST_OF_AN_OWNER) {
            forgetOldest(owner);
        } else if (byUse.size() > MOST_CONVERSATIONS) {
            int most = Collections.max(counts.values());
            byUse.keySet().stream().map(ConversationKey::owner).filter(each -> counts.getOrDefault(each, 0) == most).findFirst().ifPresent(this::forgetOldest);
        }
    }

    private void forgetOldest(String owner) {
        byUse.keySet().stream().filter(key -> key.owner().equals(owner)).findFirst().ifPresent(byUse::remove);
    }

    private static int characters(ConversationTurn turn) {
        return turn.question().length() + turn.answer().length();
    }

    private void forgetExpired() {
        long now = ticker.nanos();
        Iterator<Conversation> oldest = byUse.values().iterator();
        while (oldest.hasNext() && now - oldest.next().usedAt() > EXPIRY.toNanos()) {
            oldest.remove();
        }
    }

    /**
     * What a conversation is found by.
     *
     * @param owner the tenant of the caller
     * @param chat the name that the client gave it
     */
    record ConversationKey(String owner, String chat) {}

    private record Conversation(List<ConversationTurn> turns, long usedAt) {}
}
