package dev.paddock.adapters.http.wire.framing;

/** What is said for a server that does not say why it failed. */
final class FailureText {

    static final String UNKNOWN = "the server reported a failure without saying why";

    private FailureText() {}
}
