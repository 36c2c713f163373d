package dev.paddock.wholesystem;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.testsupport.RawClient;
import dev.paddock.testsupport.RawClient.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A client of a gateway, over plain sockets: with connections that are kept, or with a new one for each request. Nothing is ever sent twice.
 * Thread-safe.
 */
public final class GatewayClient implements AutoCloseable {

    private static final long MOST_IDLE_NANOS = 30_000_000_000L; // gateways close after 75 s

    private final int port;
    private final String key;
    private final boolean keepsConnections;
    private final ConcurrentLinkedDeque<IdleConnection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    /**
     * Creates a client of a port of the loopback address.
     *
     * @param key the key of the client; a gateway without keys ignores it
     * @param keepsConnections whether a connection is used for further requests
     */
    public GatewayClient(int port, String key, boolean keepsConnections) {
        this.port = port;
        this.key = requireNonNull(key, "key");
        this.keepsConnections = keepsConnections;
    }

    /**
     * Sends a request and reads the whole response.
     *
     * @param fields further header lines, for example {@code "Cache-Control: no-store"}
     * @throws IOException if there is no whole response
     */
    public Response send(String method, String target, String body, String... fields) throws IOException {
        RawClient connection = connection();
        boolean isReusable = false;
        try {
            sent.incrementAndGet();
            Response response = connection.request(method, target, body, withKey(fields)).responseTo(method);
            if (!response.whole()) {
                throw new IOException("the response is not whole");
            }
            isReusable = keepsConnections && !"close".equalsIgnoreCase(response.header("Connection"));
            return response;
        } finally {
            if (isReusable) {
                idle.addFirst(new IdleConnection(connection, System.nanoTime()));
            } else {
                connection.close();
            }
        }
    }

    /** A connection that is kept, since when. */
    private record IdleConnection(RawClient connection, long since) {}

    /** Returns a connection that the gateway has not closed for its idleness, or a new one. */
    private RawClient connection() throws IOException {
        for (IdleConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            if (System.nanoTime() - kept.since < MOST_IDLE_NANOS) {
                return kept.connection;
            }
            kept.connection.close();
        }
        opened.incrementAndGet();
        return new RawClient(port);
    }

    private String[] withKey(String... fields) {
        String[] all = Arrays.copyOf(fields, fields.length + 1);
        all[fields.length] = "Authorization: Bearer " + key;
        return all;
    }

    /** Sends a POST of JSON. */
    public Response post(String target, Map<String, ?> json, String... fields) throws IOException {
        return send("POST", target, PlainJson.toText(json), fields);
    }

    /** Returns the object that a GET is answered with. */
    public Map<?, ?> get(String target, String... fields) throws IOException {
        return object(send("GET", target, "", fields));
    }

    /** Returns the object in the body of a response. */
    public static Map<?, ?> object(Response response) throws IOException {
        try {
            return object(PlainJson.fromText(response.body()));
        } catch (IllegalArgumentException malformed) {
            throw new IOException("the body of a response with status " + response.status() + " is no JSON", malformed);
        }
    }

    /** Returns an element as an object, an empty one if it is none. */
    public static Map<?, ?> object(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Returns the number of connections that were opened. */
    public long opened() {
        return opened.get();
    }

    /** Returns the number of requests that were sent. */
    public long sent() {
        return sent.get();
    }

    @Override
    public void close() throws IOException {
        for (IdleConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            kept.connection.close();
        }
    }
}
