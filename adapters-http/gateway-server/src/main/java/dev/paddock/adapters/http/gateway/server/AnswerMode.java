package dev.paddock.adapters.http.gateway.server;

/**
 * What a request says about the form of its answer.
 *
 * @param isToHead whether the method was HEAD, so that the body is left out
 * @param isOld whether the client speaks HTTP/1.0, which has no chunks
 * @param isPersistent whether the connection may be used again
 */
record AnswerMode(boolean isToHead, boolean isOld, boolean isPersistent) {

    /** After an answer to what was not understood the connection ends. */
    static final AnswerMode LAST = new AnswerMode(false, false, false);

    static AnswerMode of(IncomingHead request) {
        return new AnswerMode(
                request.head().method().equals("HEAD"), request.framing().isOld(), request.isPersistent());
    }

    AnswerMode last() {
        return new AnswerMode(isToHead, isOld, false);
    }
}
