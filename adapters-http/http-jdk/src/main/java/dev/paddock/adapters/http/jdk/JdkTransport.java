package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.domain.exchange.CallProgress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Connections to one endpoint, in the hands of the JDK's clients. Thread-safe. */
final class JdkTransport implements HttpTransport {

    private final RequestMessages messages;
    private final JdkClientPool clients;
    private final JdkDnsLookup names;
    private final Set<JdkCall> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    JdkTransport(RequestMessages messages, JdkClientPool clients, JdkDnsLookup names) {
        this.messages = messages;
        this.clients = clients;
        this.names = names;
    }

    @Override
    public TransportCall newCall(TransportRequest request, CallListener listener) {
        if (closed) {
            throw new TransportException(
                    TransportFailure.CLOSED, CallProgress.NOT_CONNECTED, "the transport is closed", null);
        }
        return new JdkCall(this, request, listener);
    }

    /** Nothing: the JDK's client keeps its connections to itself. */
    @Override
    public Set<ConnectionEvent> reportedEvents() {
        return Set.of();
    }

    @Override
    public @Nullable Integer idleConnections() {
        return null;
    }

    /** Closes connections when all of them have been unused for the given time; single ones cannot be closed. */
    @Override
    public void closeIdle(Duration unusedFor) {
        clients.closeIdle(unusedFor);
    }

    @Override
    public void close() {
        closed = true;
        calls.forEach(JdkCall::close);
        clients.close();
    }

    /** Counts a call in, so that it ends when the transport is closed. */
    void began(JdkCall call) {
        calls.add(call);
        if (closed) {
            call.close();
        }
    }

    void ended(JdkCall call) {
        calls.remove(call);
    }

    RequestMessages messages() {
        return messages;
    }

    JdkClientPool clients() {
        return clients;
    }

    JdkDnsLookup names() {
        return names;
    }
}
