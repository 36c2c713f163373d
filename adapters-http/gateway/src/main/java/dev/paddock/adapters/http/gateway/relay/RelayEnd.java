package dev.paddock.adapters.http.gateway.relay;

/**
 * Learns how a request was relayed: exactly one of its methods is called, once. They must not throw, and must not wait: a request that began
 * on an event loop ends there.
 */
public interface RelayEnd {

    /** Called when the response has ended, complete or not. */
    void ended(RelayReport report);

    /** Called instead when a defect of the gateway has ended the work on the response, whose client still waits. */
    void failed(Throwable defect);
}
