package dev.paddock.adapters.http.sim.recording;

import java.util.EnumMap;
import java.util.Map;

/** What a simulator has seen and done, at one instant. Immutable. All counts since the start or the last reset. */
public final class SimulatorCounters {
    private final Map<Counter, Long> counts;
    private final Map<String, Long> requestsByPath;

    SimulatorCounters(Map<Counter, Long> counts, Map<String, Long> requestsByPath) {
        this.counts = new EnumMap<>(counts);
        this.requestsByPath = Map.copyOf(requestsByPath);
    }

    /** TCP connections accepted. */
    public long connectionsAccepted() {
        return count(Counter.CONNECTIONS_ACCEPTED);
    }

    /** TCP connections open now; a reset does not change it. */
    public long connectionsOpen() {
        return count(Counter.CONNECTIONS_OPEN);
    }

    /** Requests received whole. */
    public long requests() {
        return count(Counter.REQUESTS);
    }

    /** Requests received whole, by path without query. */
    public Map<String, Long> requestsByPath() {
        return requestsByPath;
    }

    /** Requests to this path; zero when there were none. */
    public long requestsTo(String path) {
        return requestsByPath.getOrDefault(path, 0L);
    }

    /** Requests that wait now, for a model to load or for their turn on it; a reset does not change it. */
    public long requestsWaiting() {
        return count(Counter.REQUESTS_WAITING);
    }

    /** Responses handed to the network from the first byte to the last. */
    public long responsesCompleted() {
        return count(Counter.RESPONSES_COMPLETED);
    }

    /** Requests whose client left before the response was complete, whatever the server was doing. */
    public long disconnects() {
        return count(Counter.DISCONNECTS);
    }

    /** Requests cancelled by their client while their model loaded, while they queued, or while they generated. */
    public long disconnectsDuringGeneration() {
        return count(Counter.DISCONNECTS_DURING_GENERATION);
    }

    /** Answers and embeddings begun. */
    public long generationsStarted() {
        return count(Counter.GENERATIONS_STARTED);
    }

    /** Answers and embeddings produced to their end. */
    public long generationsCompleted() {
        return count(Counter.GENERATIONS_COMPLETED);
    }

    /** Tokens generated for answers. */
    public long tokensSent() {
        return count(Counter.TOKENS_SENT);
    }

    /** Model loads begun. */
    public long loadsStarted() {
        return count(Counter.LOADS_STARTED);
    }

    /** Model loads finished. */
    public long loadsCompleted() {
        return count(Counter.LOADS_COMPLETED);
    }

    /** Model loads given up because the client that caused them left. */
    public long loadsAborted() {
        return count(Counter.LOADS_ABORTED);
    }

    /** Models removed from memory: by their timer, by request, or to make room. */
    public long modelsUnloaded() {
        return count(Counter.MODELS_UNLOADED);
    }

    /** Requests that said {@code Connection: close}. */
    public long connectionCloseHeadersSeen() {
        return count(Counter.CONNECTION_CLOSE_HEADERS_SEEN);
    }

    private long count(Counter counter) {
        return counts.getOrDefault(counter, 0L);
    }

    @Override
    public String toString() {
        return counts + " " + requestsByPath;
    }
}
