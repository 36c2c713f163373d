package dev.paddock.adapters.http.gateway.relay;

/** Learns how a request was relayed: exactly one of its methods is called, once, by a thread that may wait. They must not throw. */
public interface RelayEnd {

    /** Called when the response has ended, complete or not. */
    void ended(RelayReport report);

    /** Called instead when a defect of the gateway has ended the work on the response, whose client still waits. */
    void failed(Throwable defect);
}
