package dev.paddock.adapters.http.netty;

import dev.paddock.domain.exchange.CallPhase;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How much of a request was sent. Reports it to the call, whose thread waits meanwhile, until the response begins: that thread reports
 * then. Confined to the event loop, unless a method says otherwise.
 */
final class RequestProgress {

    private final NettyCall call;
    private long bytesSent;
    private boolean reporting = true;
    private volatile boolean complete;
    private final AtomicBoolean decided = new AtomicBoolean(); // whether the request is sent or not

    RequestProgress(NettyCall call) {
        this.call = call;
    }

    /**
     * Enters the phase SEND, and returns whether the request may be sent: not if the call was aborted before. The phase comes first: a
     * call that is told that nothing was sent may be tried again.
     */
    boolean begin() {
        call.enter(CallPhase.SEND);
        return decided.compareAndSet(false, true);
    }

    /** Prevents that the request is sent, unless that has begun. From any thread. */
    void abort() {
        decided.set(true);
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
