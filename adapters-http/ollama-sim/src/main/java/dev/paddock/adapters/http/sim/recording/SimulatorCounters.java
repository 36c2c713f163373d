package dev.paddock.adapters.http.sim.recording;

import java.util.Map;

/**
 * What a simulator has received and done. Immutable. All numbers are sums since the start or the last reset, except the
 * two that are current numbers.
 *
 * @param connectionsAccepted TCP connections accepted
 * @param connectionsOpen TCP connections open now; a reset does not change it
 * @param requests complete requests received
 * @param requestsByPath complete requests received, by path without query
 * @param requestsWaiting requests that wait now, for a model to load or for a slot of it; a reset does not change it
 * @param responsesCompleted responses handed to the network from the first byte to the last
 * @param disconnects requests whose client disconnected before the response was complete
 * @param disconnectsDuringGeneration of these, requests whose model was loading, queueing them or generating
 * @param generationsStarted answers and embeddings begun
 * @param generationsCompleted answers and embeddings produced to their end
 * @param tokensSent tokens generated for answers
 * @param loadsStarted model loads begun
 * @param loadsCompleted model loads finished
 * @param loadsAborted model loads aborted because the client that caused them disconnected
 * @param modelsUnloaded models removed from memory: by their timer, by request, or to make room
 * @param connectionCloseHeadersSeen requests with {@code Connection: close}
 */
public record SimulatorCounters(
        long connectionsAccepted, long connectionsOpen, long requests, Map<String, Long> requestsByPath,
        long requestsWaiting, long responsesCompleted, long disconnects, long disconnectsDuringGeneration,
        long generationsStarted, long generationsCompleted, long tokensSent, long loadsStarted, long loadsCompleted,
        long loadsAborted, long modelsUnloaded, long connectionCloseHeadersSeen) {
    public SimulatorCounters {
        requestsByPath = Map.copyOf(requestsByPath);
    }

    /** Requests to this path; zero when there were none. */
    public long requestsTo(String path) {
        return requestsByPath.getOrDefault(path, 0L);
    }
}
