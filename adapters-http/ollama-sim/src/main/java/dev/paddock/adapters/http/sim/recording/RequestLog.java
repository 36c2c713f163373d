package dev.paddock.adapters.http.sim.recording;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests; older ones are forgotten so that a long run needs no more memory than a short one. */
public final class RequestLog {
    private static final int MOST_REQUESTS = 1_000;
    private static final long MOST_CHARACTERS = 64L * 1024 * 1024;

    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private long characters;

    public synchronized void add(RecordedRequest request) {
        requests.addLast(request);
        characters += request.body().length();
        while (requests.size() > MOST_REQUESTS || (characters > MOST_CHARACTERS && requests.size() > 1)) {
            characters -= requests.removeFirst().body().length();
        }
    }

    public synchronized List<RecordedRequest> snapshot() {
        return List.copyOf(requests);
    }

    public synchronized void clear() {
        requests.clear();
        characters = 0;
    }
}
