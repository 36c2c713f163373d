package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.Headers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** A response that forwards its body on another thread, as those of transports with event loops do; another one does all else. */
record PushedResponse(TransportResponse response) implements TransportResponse {

    static final String LOOP_NAME = "test-loop";

    private static final Executor LOOP =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name(LOOP_NAME).daemon().factory());

    @Override
    public int status() {
        return response.status();
    }

    @Override
    public Headers headers() {
        return response.headers();
    }

    @Override
    public String protocol() {
        return response.protocol();
    }

    @Override
    public ConnectionUse connection() {
        return response.connection();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        return response.read(buffer, offset, length);
    }

    @Override
    public void forward(BodyReceiver receiver, ForwardEnd end) {
        end.after(() -> push(receiver));
    }

    private void push(BodyReceiver receiver) {
        byte[] buffer = new byte[4096];
        for (int count = read(buffer, 0, buffer.length); count >= 0; count = read(buffer, 0, buffer.length)) {
            if (!receiveOnLoop(receiver, buffer, count)) {
                receiver.awaitReady();
            }
        }
    }

    private static boolean receive(BodyReceiver receiver, byte[] buffer, int count) {
        boolean isReady = receiver.receive(buffer, 0, count);
        receiver.flush();
        return isReady;
    }

    private boolean receiveOnLoop(BodyReceiver receiver, byte[] buffer, int count) {
        try {
            return CompletableFuture.supplyAsync(() -> receive(receiver, buffer, count), LOOP).join();
        } catch (CompletionException failed) {
            close();
            throw (RuntimeException) failed.getCause();
        }
    }

    @Override
    public void close() {
        response.close();
    }
}
