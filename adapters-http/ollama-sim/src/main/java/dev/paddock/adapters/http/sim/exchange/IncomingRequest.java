package dev.paddock.adapters.http.sim.exchange;

import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.recording.RecordedRequest;

/** A complete request. Immutable, except that the bytes of its body are shared. */
public final class IncomingRequest {
    private final RecordedRequest record;
    private final byte[] body;
    private final boolean keepAlive;

    /**
     * Makes a request.
     *
     * @param keepAlive whether the connection stays open after the response
     */
    public IncomingRequest(RecordedRequest record, byte[] body, boolean keepAlive) {
        this.record = record;
        this.body = body;
        this.keepAlive = keepAlive;
    }

    public RecordedRequest record() {
        return record;
    }

    public boolean keepAlive() {
        return keepAlive;
    }

    public byte[] body() {
        return body;
    }

    public String method() {
        return record.method();
    }

    public String path() {
        return record.path();
    }

    public RequestFields fields(String type) {
        return RequestFields.parse(body, type);
    }
}
