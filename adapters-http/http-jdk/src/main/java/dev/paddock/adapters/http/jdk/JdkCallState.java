package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;

/** How far one call has come. Thread-safe: the client tells its progress in threads of its own, one after the other. */
final class JdkCallState {

    private final long bytesToWrite;
    private final CallListener listener;
    private volatile CallPhase phase = CallPhase.LEASE;
    private volatile long bytesWritten;
    private volatile boolean responseStarted;
    private volatile boolean connectionReused;

    JdkCallState(long bytesToWrite, CallListener listener) {
        this.bytesToWrite = bytesToWrite;
        this.listener = listener;
    }

    /** Notes that the call connects, TLS included, or finds a connection: the client does not say which. */
    void connecting() {
        enter(CallPhase.CONNECT);
    }

    /** Notes that there is a connection and that the head of the request is about to be sent. */
    void connected() {
        enter(bytesToWrite == 0 ? CallPhase.HEAD : CallPhase.SEND);
    }

    /** Notes how much of the body the client has got, all of which may have reached the server. */
    void writing(long written) {
        bytesWritten = written;
    }

    /** Notes that the connection took a piece of the body. */
    void wrote() {
        listener.bodyPieceSent();
    }

    void awaitHead() {
        enter(CallPhase.HEAD);
    }

    void responseStarted() {
        responseStarted = true;
    }

    void received(boolean reused) {
        connectionReused = reused;
        phase = CallPhase.BODY;
    }

    boolean isConnected() {
        return phase.compareTo(CallPhase.TLS) > 0;
    }

    CallPhase phase() {
        return phase;
    }

    CallProgress progress() {
        return new CallProgress(phase, bytesWritten, bytesToWrite, responseStarted, connectionReused);
    }

    private void enter(CallPhase next) {
        phase = next;
        listener.phaseStarted(next);
    }
}
