package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.semantic.PackedVectors;
import dev.paddock.domain.reuse.semantic.PackedVectors.Match;
import dev.paddock.domain.reuse.semantic.UnitVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The questions whose answers are stored, by their vectors. Only questions of one scope are compared. The memory is bounded: the question
 * that was not used for the longest time goes first. Thread-safe.
 */
final class SemanticIndex {

    /** Memory of an entry besides its vector and its texts, with as much evidence as it can have. */
    private static final int ENTRY_OVERHEAD = 1408;

    private final long maxBytes;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<Scope, Partition> partitions = new HashMap<>(); // this and all below are guarded by lock
    private final Map<AnswerKey, Integer> questions = new HashMap<>(); // their numbers by the rest of their scope
    private final SequencedMap<AnswerKey, Entry> entries = new LinkedHashMap<>(); // the least recently used first
    private long bytes;

    SemanticIndex(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Returns the most similar questions of a scope, the most similar first. */
    List<Candidate> nearest(Scope scope, UnitVector vector, double threshold, int most) {
        return read(() -> {
            Partition partition = partitions.get(scope);
            return partition == null
                    ? List.of()
                    : partition.vectors.nearest(vector, threshold, most).stream().map(partition::candidate).toList();
        });
    }

    /** Returns whether there is a question with the same rest whose answer is another one: without any, a vector has nothing to be compared with. */
    boolean hasOthers(AnswerKey rest, AnswerKey own) {
        return read(() -> {
            Entry equal = entries.get(own);
            int equals = equal != null && equal.scope.rest().equals(rest) ? 1 : 0;
            return questions.getOrDefault(rest, 0) > equals;
        });
    }

    /** Adds a question, in place of an equal one. One that needs more than all of the memory is left out. */
    void put(Scope scope, UnitVector vector, SemanticEntry entry) {
        write(() -> {
            remove(entries.get(entry.answer()));
            add(scope, vector, entry, true);
            return true;
        });
    }

    /**
     * Adds a question from the common store as {@link #put} does. The first one that is equal to one of {@link #put} is left out: the store
     * gives each process its own questions, too.
     */
    void putShared(Scope scope, UnitVector vector, SemanticEntry entry) {
        write(() -> {
            Entry present = entries.get(entry.answer());
            if (present != null && present.isOwn) {
                present.isOwn = false; // the next one comes from another process
            } else {
                remove(present); // what is known about an earlier answer says nothing about this one
                add(scope, vector, entry, false);
            }
            return true;
        });
    }

    private void add(Scope scope, UnitVector vector, SemanticEntry entry, boolean isOwn) {
        Entry added = new Entry(scope, entry, weight(scope, vector, entry), isOwn);
        if (added.bytes > maxBytes) {
            return;
        }
        while (bytes + added.bytes > maxBytes) {
            remove(entries.firstEntry().getValue());
        }
        partitions.computeIfAbsent(scope, first -> new Partition(scope.dimensions())).add(vector, added);
        questions.merge(scope.rest(), 1, Integer::sum);
        entries.put(entry.answer(), added);
        bytes += added.bytes;
    }

    /** Notes that a question was of use. */
    void touch(SemanticEntry entry) {
        write(() -> {
            Entry used = entries.get(entry.answer());
            if (used != null && used.entry == entry) {
                entries.putLast(entry.answer(), used);
            }
            return true;
        });
    }

    /** Removes the question with the given answer, if there is one. */
    void remove(AnswerKey answer) {
        write(() -> {
            remove(entries.get(answer));
            return true;
        });
    }

    /** Removes the questions that a condition applies to, and returns how many they were. */
    long removeIf(Predicate<SemanticEntry> condition) {
        return write(() -> {
            List<Entry> removed = entries.values().stream().filter(each -> condition.test(each.entry)).toList();
            removed.forEach(this::remove);
            return (long) removed.size();
        });
    }

    long entries() {
        return read(() -> (long) entries.size());
    }

    long bytes() {
        return read(() -> bytes);
    }

    private void remove(@Nullable Entry entry) {
        if (entry == null) {
            return;
        }
        entries.remove(entry.entry.answer());
        bytes -= entry.bytes;
        questions.computeIfPresent(entry.scope.rest(), (rest, count) -> count == 1 ? null : count - 1);
        Partition partition = partitions.get(entry.scope);
        if (partition != null) {
            partition.remove(entry);
            if (partition.members.isEmpty()) {
                partitions.remove(entry.scope);
            }
        }
    }

    private static long weight(Scope scope, UnitVector vector, SemanticEntry entry) {
        long texts = 2L * (entry.question().length() + scope.rest().tenant().length() + scope.space().length());
        return ENTRY_OVERHEAD + (long) Float.BYTES * vector.dimensions() + texts;
    }

    private <T> T read(Supplier<T> action) {
        lock.readLock().lock();
        try {
            return action.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private <T> T write(Supplier<T> action) {
        lock.writeLock().lock();
        try {
            return action.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * What must be equal for questions to be compared.
     *
     * @param rest the tenant, the model with its digest, and the hash of the request without the question
     * @param space the embedding model with its digest
     * @param dimensions the length of its vectors
     */
    record Scope(AnswerKey rest, String space, int dimensions) {}

    /**
     * A similar question.
     *
     * @param entry the question
     * @param similarity its cosine similarity
     */
    record Candidate(SemanticEntry entry, double similarity) {}

    private static final class Entry {

        private final Scope scope;
        private final SemanticEntry entry;
        private final long bytes;
        private boolean isOwn; // and has not come back from the common store
        private int position; // in its partition

        Entry(Scope scope, SemanticEntry entry, long bytes, boolean isOwn) {
            this.isOwn = isOwn;
            this.scope = scope;
            this.entry = entry;
            this.bytes = bytes;
        }
    }

    /** The questions of one scope, in the positions of their vectors. */
    private static final class Partition {

        private final PackedVectors vectors;
        private final List<Entry> members = new ArrayList<>();

        Partition(int dimensions) {
            this.vectors = new PackedVectors(dimensions);
        }

        void add(UnitVector vector, Entry entry) {
            entry.position = members.size();
            vectors.add(vector);
            members.add(entry);
        }

        void remove(Entry entry) {
            vectors.remove(entry.position);
            Entry last = members.removeLast();
            if (last != entry) {
                members.set(entry.position, last);
                last.position = entry.position;
            }
        }

        Candidate candidate(Match match) {
            return new Candidate(members.get(match.position()).entry, match.similarity());
        }
    }
}
