package dev.paddock.domain.admission;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The queues of all models of a group of servers. Callers choose the names of models, so their number is bounded: calls for further models
 * share one queue, and what was learned of a model is forgotten when many others have been used since. Not thread-safe.
 *
 * @param <T> what is known of a waiting call elsewhere
 */
public final class AdmissionQueues<T> {

    /** The most models that have a queue of their own at once, and the most whose queue is remembered without calls. */
    static final int MOST = 1000;

    private final AdmissionSettings settings;
    private final SharedRoom bytes;
    private final Map<ModelGroup, AdmissionQueue<T>> busy = new HashMap<>();
    private final SequencedMap<ModelGroup, AdmissionQueue<T>> idle = new LinkedHashMap<>(); // the longest idle first

    /** Creates it without any queue. */
    public AdmissionQueues(AdmissionSettings settings) {
        this.settings = settings;
        this.bytes = new SharedRoom(settings.room().bytes());
    }

    /** Returns the queue of some calls, to which the caller adds a call at once. {@link #settle} is called when the call has left it. */
    public AdmissionQueue<T> of(ModelGroup group) {
        AdmissionQueue<T> known = busy.get(group);
        if (known != null) {
            return known;
        }
        return busy.computeIfAbsent(busy.size() < MOST ? group : ModelGroup.OTHERS, key -> {
            AdmissionQueue<T> remembered = idle.remove(key);
            return remembered == null ? new AdmissionQueue<>(key, settings, bytes) : remembered;
        });
    }

    /** Puts a queue aside if it has no calls any more. */
    public void settle(AdmissionQueue<T> queue) {
        if (queue.isIdle() && busy.remove(queue.group(), queue)) {
            idle.putLast(queue.group(), queue);
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
}
