package dev.paddock.adapters.http.okhttp;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of the transport say often. */
final class Calls {

    static final TransportSettings SETTINGS = TransportSettings.DEFAULT;

    private Calls() {}

    static HttpTransport transport(Endpoint endpoint, TransportSettings settings, RecordingListener listener) {
        return new OkHttpTransportFactory().create(endpoint, settings, listener);
    }

    static HttpTransport transport(ScriptedServer server, RecordingListener listener) {
        return transport(server.endpoint(), SETTINGS, listener);
    }

    static HttpTransport transport(ScriptedServer server) {
        return transport(server, new RecordingListener());
    }

    static TransportRequest get() {
        return new TransportRequest("GET", "/", Headers.EMPTY, new byte[0]);
    }

    static TransportRequest post(byte[] body) {
        return new TransportRequest("POST", "/", Headers.EMPTY, body);
    }

    static TransportRequest post(String body) {
        return post(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes a GET call and returns its body. */
    static String fetch(HttpTransport transport) {
        try (TransportResponse response = transport.newCall(get(), CallListener.none()).execute()) {
            return text(response);
        }
    }

    /** Reads a body to its end. */
    static String text(TransportResponse response) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[1000];
        for (int count = response.read(buffer, 0, buffer.length);
                count >= 0;
                count = response.read(buffer, 0, buffer.length)) {
            body.write(buffer, 0, count);
        }
        return body.toString(StandardCharsets.ISO_8859_1);
    }

    static TransportException failure(ThrowingCallable code) {
        TransportException failure = catchThrowableOfType(TransportException.class, code);
        if (failure == null) {
            throw new AssertionError("nothing failed");
        }
        return failure;
    }

    static <T> BlockingQueue<T> queue() {
        return new ArrayBlockingQueue<>(1000);
    }

    static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T element = queue.poll(5, TimeUnit.SECONDS);
        if (element == null) {
            throw new AssertionError("nothing came");
        }
        return element;
    }

    /** Waits until a condition holds that another thread brings about. */
    static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition never held");
            }
            Thread.sleep(2);
        }
    }
}
