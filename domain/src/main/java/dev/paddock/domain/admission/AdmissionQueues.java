package dev.paddock.domain.admission;

import dev.paddock.domain.model.ModelName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The queues of all models of a group of servers. Callers choose the names of models, so their number is bounded: calls for further models
 * share one queue, and what was learned of a model is forgotten when many others have been used since. Not thread-safe.
 *
 * @param <T> what is known of a waiting call elsewhere
 */
public final class AdmissionQueues<T> {

    /** The most models that have a queue of their own at once, and the most whose queue is remembered without calls. */
    static final int MOST = 1000;

    private static final int LONGEST_NAME = 512;
    private static final String OTHERS = "";

    private final AdmissionSettings settings;
    private final SharedRoom bytes;
    private final Map<String, AdmissionQueue<T>> busy = new HashMap<>(); // by model
    private final SequencedMap<String, AdmissionQueue<T>> idle = new LinkedHashMap<>(); // the longest idle first

    /** Creates it without any queue. */
    public AdmissionQueues(AdmissionSettings settings) {
        this.settings = settings;
        this.bytes = new SharedRoom(settings.room().bytes());
    }

    /**
     * Returns the queue of a model, to which the caller adds a call at once. {@link #settle} is called when the call has left it.
     *
     * @param model the name of the model, or null if the call does not name it
     */
    public AdmissionQueue<T> of(@Nullable String model) {
        String name = normalized(model);
        AdmissionQueue<T> known = busy.get(name);
        if (known != null) {
            return known;
        }
        String own = busy.size() < MOST ? name : OTHERS;
        return busy.computeIfAbsent(own, key -> {
            AdmissionQueue<T> remembered = idle.remove(key);
            return remembered == null ? new AdmissionQueue<>(key, settings, bytes) : remembered;
        });
    }

    /** Puts a queue aside if it has no calls any more. */
    public void settle(AdmissionQueue<T> queue) {
        if (queue.isIdle() && busy.remove(queue.model(), queue)) {
            idle.putLast(queue.model(), queue);
            if (idle.size() > MOST) {
                idle.pollFirstEntry();
            }
        }
    }

    /** Returns the queues that have calls. */
    public Iterable<AdmissionQueue<T>> withCalls() {
        return busy.values();
    }

    /** Returns how many bytes the waiting calls have together. */
    public long bytes() {
        return bytes.used();
    }

    /** Returns one name for the names that mean the same model, so that its calls are in one queue. */
    private static String normalized(@Nullable String model) {
        if (model == null || model.length() > LONGEST_NAME) {
            return OTHERS;
        }
        return ModelName.canonical(model);
    }
}
