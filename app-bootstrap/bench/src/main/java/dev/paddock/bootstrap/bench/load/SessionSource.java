package dev.paddock.bootstrap.bench.load;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.Conversation.Turn;
import dev.paddock.domain.model.ModelName;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Gives out the conversations of a load, always the same in the same order, until their turns are as many as the requests. Thread-safe. */
public final class SessionSource {

    private static final double ROUNDING = 1e-9;

    private final Workload workload;
    private final long firstIndex;
    private final Lock lock = new ReentrantLock();
    private long left; // guarded by lock, as all below
    private long given;
    private long different;

    /**
     * Creates a source.
     *
     * @param workload what the requests ask for
     * @param requests the number of requests
     * @param firstIndex the index of the first prompts; loads with distant indexes have no generated prompt in common
     */
    public SessionSource(Workload workload, long requests, long firstIndex) {
        this.workload = requireNonNull(workload, "workload");
        this.left = requests;
        this.firstIndex = firstIndex;
    }

    /** Returns the next conversation, or null after the last one. */
    public @Nullable BenchSession next() {
        lock.lock();
        try {
            if (left <= 0) {
                return null;
            }
            boolean repeats = different > 0 && toRepeat(given + 1) > given - different;
            long number = repeats ? new SplittableRandom(given).split().nextLong(different) : different;
            given++;
            different += repeats ? 0 : 1;
            BenchSession session = session(number, repeats);
            left -= session.turns().size();
            return session;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many of the first conversations repeat others. */
    private long toRepeat(long conversations) {
        return (long) Math.floor(conversations * workload.repeated() + ROUNDING);
    }

    private BenchSession session(long number, boolean repeats) {
        Prompts prompts = workload.prompts();
        Conversation conversation = prompts.conversation(firstIndex + number, workload.turns());
        List<Turn> turns = conversation.turns().stream()
                .limit(left)
                .map(turn -> turn.outputTokens() != null
                        ? turn
                        : new Turn(turn.prompt(), workload.outputTokens().at(number)))
                .toList();
        return new BenchSession(
                workload.models().get((int) (number % workload.models().size())),
                conversation.system(),
                turns,
                repeats || prompts.isRepeated(number, workload.turns()));
    }

    /**
     * A conversation with a model.
     *
     * @param model the model
     * @param system the system prompt, or null for none
     * @param turns the prompts, each with a maximum number of tokens
     * @param repeated whether an earlier conversation has the same prompts
     */
    public record BenchSession(ModelName model, @Nullable String system, List<Turn> turns, boolean repeated) {

        public BenchSession {
            requireNonNull(model, "model");
            turns = List.copyOf(turns);
        }
    }
}
