package dev.paddock.tck.transport;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.ConnectionLifetimes;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A transport under test, the server it talks to, and the ledger of its connections. */
public final class TransportFixture implements AutoCloseable {

    /** Settings under which nothing times out or grows old during a test. */
    public static final TransportSettings PATIENT = new TransportSettings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            new ConnectionLifetimes(Duration.ofMinutes(5), Duration.ofMinutes(30)),
            null);

    private final ScriptedServer server;
    private final ConnectionLedger ledger = new ConnectionLedger();
    private final HttpTransport transport;

    private TransportFixture(HttpTransportFactory factory, TransportSettings settings, ConnectionScript script) {
        this.server = ScriptedServer.start(script);
        this.transport = factory.create(new Endpoint(false, "127.0.0.1", server.port()), settings, ledger);
    }

    /** Starts a server with the given script, and a patient transport to it. */
    public static TransportFixture start(HttpTransportFactory factory, ConnectionScript script) {
        return new TransportFixture(factory, PATIENT, script);
    }

    /** Starts a server with the given script, and a transport to it with the given settings. */
    public static TransportFixture start(
            HttpTransportFactory factory, TransportSettings settings, ConnectionScript script) {
        return new TransportFixture(factory, settings, script);
    }

    /** Returns the server. */
    public ScriptedServer server() {
        return server;
    }

    /** Returns the ledger of the transport's connections. */
    public ConnectionLedger ledger() {
        return ledger;
    }

    /** Returns the transport under test. */
    public HttpTransport transport() {
        return transport;
    }

    /** Returns a GET request. */
    public static TransportRequest get(String target) {
        return new TransportRequest("GET", target, Headers.EMPTY, new byte[0]);
    }

    /** Returns a POST request with a JSON body. */
    public static TransportRequest post(String target, String body) {
        return new TransportRequest(
                "POST",
                target,
                Headers.of("Content-Type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a request and returns the whole body as text. */
    public String fetch(TransportRequest request) {
        try (TransportResponse response = transport.newCall(request, CallListener.none()).execute()) {
            return readAll(response);
        }
    }

    /** Reads what is left of a body as text. */
    public static String readAll(TransportResponse response) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        for (int count = response.read(buffer, 0, buffer.length);
                count >= 0;
                count = response.read(buffer, 0, buffer.length)) {
            body.write(buffer, 0, count);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        transport.close();
        server.close();
    }
}
