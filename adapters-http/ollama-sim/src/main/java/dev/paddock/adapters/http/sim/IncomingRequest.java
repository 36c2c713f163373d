package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.json.RequestFields;
import dev.paddock.adapters.http.sim.recording.RecordedRequest;

/** A whole request. Immutable, except that the bytes of its body are shared. */
final class IncomingRequest {
    private final RecordedRequest record;
    private final byte[] body;
    private final boolean keepAlive;

    /**
     * Makes a request.
     *
     * @param keepAlive whether the connection stays open after the answer
     */
    IncomingRequest(RecordedRequest record, byte[] body, boolean keepAlive) {
        this.record = record;
        this.body = body;
        this.keepAlive = keepAlive;
    }

    RecordedRequest record() {
        return record;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    byte[] body() {
        return body;
    }

    String method() {
        return record.method();
    }

    String path() {
        return record.path();
    }

    boolean isHead() {
        return "HEAD".equals(method());
    }

    boolean isVersionOneDotOne() {
        return "HTTP/1.1".equals(record.line().version());
    }

    RequestFields fields(String type) {
        return RequestFields.parse(body, type);
    }
}
