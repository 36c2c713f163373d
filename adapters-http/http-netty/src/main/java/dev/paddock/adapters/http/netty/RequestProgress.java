package dev.paddock.adapters.http.netty;

import dev.paddock.domain.exchange.CallPhase;

/**
 * How much of a request was sent. Reports it to the call, whose thread waits meanwhile, until the response begins: that thread reports
 * then. Confined to the event loop, unless a method says otherwise.
 */
final class RequestProgress {

    private final NettyCall call;
    private long bytesSent;
    private boolean reporting = true;
    private volatile boolean complete;

    RequestProgress(NettyCall call) {
        this.call = call;
    }

    void pieceSent(int bodyBytes, boolean last) {
        bytesSent += bodyBytes;
        if (reporting) {
            complete = last;
            call.reportWritten(bytesSent);
            if (bodyBytes > 0) {
                call.reportPieceSent();
            }
            if (last) {
                call.enter(CallPhase.HEAD);
            }
        }
    }

    void responseBegins() {
        reporting = false;
    }

    /** Returns whether the whole request was sent before the response began. From any thread. */
    boolean isComplete() {
        return complete;
    }
}
