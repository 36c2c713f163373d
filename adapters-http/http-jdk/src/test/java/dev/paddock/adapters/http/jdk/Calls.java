package dev.paddock.adapters.http.jdk;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.ConnectionLifetimes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of the transport say often. */
final class Calls {

    static final TransportSettings SETTINGS = TransportSettings.DEFAULT;

    static final ConnectionListener DEAF = new ConnectionListener() {
        @Override
        public void opened(Duration connectTime) {
            throw new AssertionError("the transport says that it observes nothing");
        }

        @Override
        public void leased(boolean reused) {
            throw new AssertionError("the transport says that it observes nothing");
        }

        @Override
        public void closed(CloseReason reason) {
            throw new AssertionError("the transport says that it observes nothing");
        }
    };

    private Calls() {}

    static HttpTransport transport(Endpoint endpoint, TransportSettings settings) {
        return new JdkTransportFactory().create(endpoint, settings, DEAF);
    }

    static HttpTransport transport(ScriptedServer server) {
        return transport(server.endpoint(), SETTINGS);
    }

    static HttpTransport transport(ScriptedServer server, Duration idle, Duration total) {
        return transport(server.endpoint(), new TransportSettings(
                SETTINGS.connectTimeout(), SETTINGS.tlsTimeout(), new ConnectionLifetimes(idle, total), null));
    }

    static TransportRequest get() {
        return new TransportRequest("GET", "/", Headers.EMPTY, new byte[0]);
    }

    static TransportRequest post(byte[] body) {
        return new TransportRequest("POST", "/", Headers.EMPTY, body);
    }

    static TransportCall call(HttpTransport transport, TransportRequest request) {
        return transport.newCall(request, CallListener.none());
    }

    /** Makes a call and returns the body of its response. */
    static String fetch(HttpTransport transport, TransportRequest request) {
        try (TransportResponse response = call(transport, request).execute()) {
            return text(response);
        }
    }

    static String fetch(HttpTransport transport) {
        return fetch(transport, get());
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

    /** Starts something that fails, in a thread of its own. */
    static FutureTask<TransportException> failing(boolean virtual, ThrowingCallable code) {
        FutureTask<TransportException> task = new FutureTask<>(() -> failure(code));
        (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).start(task);
        return task;
    }

    static <T> BlockingQueue<T> queue() {
        return new ArrayBlockingQueue<>(1000);
    }

    static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T element = queue.poll(10, TimeUnit.SECONDS);
        if (element == null) {
            throw new AssertionError("nothing came");
        }
        return element;
    }
}
