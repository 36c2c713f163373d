package dev.paddock.domain.exchange;

/** A part of a call; each has its own time limit. */
public enum CallPhase {
    /** Waiting for the pool to allow a connection. */
    LEASE("waiting for a free connection"),
    /** Resolving the host and connecting, all addresses together. */
    CONNECT("connecting"),
    /** The TLS handshake. */
    TLS("negotiating TLS"),
    /** Sending the request. */
    SEND("sending the request"),
    /** Waiting for the head of the response; a cold model is loaded in this phase. */
    HEAD("waiting for the response"),
    /** Reading the body, from one frame to the next; the first one has as much time as the head has left of its limit. */
    BODY("waiting for more of the response"),
    /** The whole call, from its start to its end. */
    CALL("the whole call");

    private final String description;

    CallPhase(String description) {
        this.description = description;
    }

    /** Returns a description that fits into a sentence. */
    public String description() {
        return description;
    }
}
