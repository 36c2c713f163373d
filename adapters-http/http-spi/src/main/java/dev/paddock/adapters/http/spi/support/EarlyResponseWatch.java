package dev.paddock.adapters.http.spi.support;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks for a response while a request is being written: a server may answer, for example that the body is too large, and read no more
 * (RFC 9112, section 9.3). A write that is blocked then cannot look itself, so that another thread does, every 50 ms. When a response has
 * arrived, it ends the sending side of the connection, which makes the write fail, and leaves what has arrived to be read.
 */
final class EarlyResponseWatch {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Socket socket;
    private final Thread thread;
    private boolean ended; // guarded by this
    private boolean answered; // guarded by this

    /**
     * Starts to watch.
     *
     * @param socket a connection without TLS, whose own messages would pass for a response
     */
    EarlyResponseWatch(Socket socket) {
        this.socket = socket;
        this.thread = Thread.ofVirtual().name("paddock-early-response").start(this::run);
    }

    private void run() {
        do {
            LockSupport.parkNanos(INTERVAL_NANOS);
        } while (isWaiting());
    }

    private synchronized boolean isWaiting() {
        if (ended) {
            return false;
        }
        try {
            if (socket.getInputStream().available() == 0) {
                return true;
            }
            answered = true;
            socket.shutdownOutput();
        } catch (IOException broken) {
            return false; // the write fails by itself
        }
        return false;
    }

    /**
     * Ends the watch, when the request is written or cannot be.
     *
     * @throws IOException if a response came before, so that no more can be sent
     */
    void end() throws IOException {
        boolean early;
        synchronized (this) {
            ended = true;
            early = answered;
        }
        LockSupport.unpark(thread);
        if (early) {
            throw new IOException("The server has answered before the request was sent");
        }
    }
}
