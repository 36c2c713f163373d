package dev.paddock.adapters.http.sharedstate;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What processes agree on by means of the store: the generation of answers, a number that only grows, and a token that is another one after
 * each change of models. What this process changes counts here at once and in the store as soon as it takes it. Thread-safe.
 */
final class Agreement {

    private static final String REMOVED = "removed ";
    private static final String MODELS = "models ";

    private final Lock lock = new ReentrantLock();
    private volatile Runnable removalListener = () -> {};
    private volatile Runnable modelListener = () -> {};
    private volatile long generation; // written under the lock, as all below; zero until the store was seen
    private volatile String models = ""; // empty for none
    private long removals; // in this process
    private long removalsInStore; // how many of them the store has
    private long removalsAnnounced;
    private boolean isModelChange; // whether the token is one of this process that the store does not have
    private boolean isModelChangeAnnounced = true;
    private long heardGeneration;
    private @Nullable String heardModels;

    /** Returns the present generation of answers; zero while it is not known. */
    long generation() {
        return generation;
    }

    /** Returns the present token of models; empty when there is none. */
    String models() {
        return models;
    }

    void onAnswersRemoved(Runnable action) {
        removalListener = action;
    }

    void onModelChange(Runnable action) {
        modelListener = action;
    }

    /** Begins another generation, because this process has removed answers. */
    void remove() {
        lock.lock();
        try {
            removals++;
            long next = generation + 1;
            generation = next;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that this process may have changed models. */
    void changeModels() {
        lock.lock();
        try {
            models = UUID.randomUUID().toString();
            isModelChange = true;
            isModelChangeAnnounced = false;
        } finally {
            lock.unlock();
        }
    }

    /** Notes what another process has announced. Returns at once. */
    void hear(String announcement) {
        lock.lock();
        try {
            if (announcement.startsWith(MODELS)) {
                heardModels = announcement.substring(MODELS.length());
            } else if (announcement.matches(REMOVED + "[0-9]{1,18}")) {
                heardGeneration = Math.max(heardGeneration, Long.parseLong(announcement.substring(REMOVED.length())));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Acts on what was heard, and returns what to propose to the store. For one thread. */
    Proposal propose() {
        Announced heard = takeAnnounced();
        follow(heard.generation());
        if (heard.models() != null) {
            followModels(heard.models());
        }
        lock.lock();
        try {
            List<String> announcements = new ArrayList<>();
            if (removals > removalsAnnounced) {
                announcements.add(REMOVED + generation);
            }
            if (!isModelChangeAnnounced) {
                announcements.add(MODELS + models);
            }
            removalsAnnounced = removals;
            isModelChangeAnnounced = true;
            return new Proposal(generation, removals, removals > removalsInStore, models, isModelChange, announcements);
        } finally {
            lock.unlock();
        }
    }

    private Announced takeAnnounced() {
        lock.lock();
        try {
            Announced heard = new Announced(heardGeneration, heardModels);
            heardModels = null;
            return heard;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes what the store has after a proposal. For one thread.
     *
     * @param storedGeneration its generation, zero for none
     * @param storedModels its token, empty for none
     */
    void accept(Proposal proposal, long storedGeneration, String storedModels) {
        follow(storedGeneration);
        lock.lock();
        try {
            if (storedGeneration > 0) {
                removalsInStore = Math.max(removalsInStore, proposal.removals());
            }
            if (proposal.isModelChange() && storedModels.equals(models)) {
                isModelChange = false;
            }
        } finally {
            lock.unlock();
        }
        followModels(storedModels);
    }

    /**
     * Begins a generation that another process has begun. The answers in this process are removed first: an answer that is stored meanwhile
     * belongs to the generation before, and is not looked for any more.
     */
    private void follow(long next) {
        if (next > generation) {
            removalListener.run();
            lock.lock();
            try {
                generation = Math.max(generation, next);
            } finally {
                lock.unlock();
            }
        }
    }

    private void followModels(String token) {
        lock.lock();
        try {
            if (isModelChange || token.equals(models)) {
                return; // the own change comes after the other one
            }
            models = token;
        } finally {
            lock.unlock();
        }
        modelListener.run();
    }

    /** What other processes have announced: a generation, zero for none, and a token of models. */
    private record Announced(long generation, @Nullable String models) {}

    /**
     * What the store is to take.
     *
     * @param generation the generation that it must have at least
     * @param removals how often this process has removed answers
     * @param isRemoval whether the store does not have all of them
     * @param models the token of models
     * @param isModelChange whether the store is to take it
     * @param announcements what to announce to the other processes
     */
    record Proposal(long generation, long removals, boolean isRemoval, String models, boolean isModelChange, List<String> announcements) {}
}
