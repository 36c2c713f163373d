package dev.paddock.adapters.http.server.engine;

import dev.paddock.adapters.http.server.decoding.IncomingHead;

/**
 * What a request says about the form of its answer.
 *
 * @param isHeadRequest whether the method was HEAD, so that the body is left out
 * @param isHttp10 whether the client speaks HTTP/1.0, which has no chunks
 * @param isPersistent whether the connection may be used again
 */
record ResponseMode(boolean isHeadRequest, boolean isHttp10, boolean isPersistent) {

    /** After an answer to what was not understood the connection ends. */
    static final ResponseMode LAST = new ResponseMode(false, false, false);

    static ResponseMode of(IncomingHead request) {
        return new ResponseMode(
                request.head().method().equals("HEAD"), request.framing().isHttp10(), request.isPersistent());
    }

    ResponseMode withClose() {
        return new ResponseMode(isHeadRequest, isHttp10, false);
    }
}
