package dev.paddock.adapters.http.sim;

/** A response body in the making. */
interface BodyStream {
    /** Sends one line, at once. */
    void line(byte[] bytes);

    /** Ends the body. */
    void end();
}
