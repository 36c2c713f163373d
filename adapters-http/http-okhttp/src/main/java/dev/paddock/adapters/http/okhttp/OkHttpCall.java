package dev.paddock.adapters.http.okhttp;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.IdleTimeout;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.support.AbstractTransportCall;
import dev.paddock.adapters.http.spi.support.ConnectBudget;
import dev.paddock.adapters.http.spi.support.ConnectionLifecycle;
import dev.paddock.adapters.http.spi.support.HostLookup;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.adapters.http.spi.support.SocketFailures;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One request as a call of the library, of which it is a tag: the library's events and interceptors find it by that. */
final class OkHttpCall extends AbstractTransportCall {

    /** A status and header fields that start none of the library's policies. */
    private static final int NEUTRAL_STATUS = 200;

    private static final okhttp3.Headers NO_HEADERS = new okhttp3.Headers.Builder().build();

    private final OkHttpTransport transport;
    private final Events events = new Events();
    private final AtomicBoolean released = new AtomicBoolean();
    private final @Nullable Request http2Request;
    private volatile @Nullable Call libraryCall;
    private boolean speaksHttp2;
    private @Nullable ConnectBudget budget;
    private int untriedAddresses = 1;
    private @Nullable IOException finalFailure;
    private @Nullable OkHttpConnection connection;
    private long receivedBefore;
    private boolean sendFailed;
    private @Nullable ResponseHead head;
    private @Nullable ProtocolException malformed;

    OkHttpCall(OkHttpTransport transport, TransportRequest request, CallListener listener) {
        super(transport.state(), request, listener);
        this.transport = transport;
        this.http2Request = transport.isHttp2Offered() ? tagged(transport.requests().http2(this)) : null;
    }

    static OkHttpCall of(Call call) {
        return requireNonNull(call.request().tag(OkHttpCall.class), "the tag of the call");
    }

    private Request tagged(Request.Builder builder) {
        return builder.tag(OkHttpCall.class, this).build();
    }

    @Override
    protected OkHttpResponse send() throws IOException {
        if (http2Request != null && transport.isHttp2Offered()) {
            try {
                return execute(http2Request, true);
            } catch (OkHttpConnection.Http2RefusedException http1Only) {
                transport.withdrawHttp2();
                finalFailure = null;
            }
        }
        return execute(tagged(transport.requests().placeholder(this)), false);
    }

    private OkHttpResponse execute(Request message, boolean http2) throws IOException {
        speaksHttp2 = http2;
        budget = new ConnectBudget(transport.settings().connectTimeout());
        Call call = transport.client(http2).newCall(message);
        libraryCall = call;
        requireRunning();
        return new OkHttpResponse(this, requireNonNull(call.execute()));
    }

    @Override
    protected void abort() {
        Call call = libraryCall;
        if (call != null) {
            call.cancel();
        }
    }

    EventListener events() {
        return events;
    }

    /** Interceptor of the whole call: names are looked up and sockets are made in a way that ends with the call. */
    Response connect(Interceptor.Chain chain) throws IOException {
        return chain.withDns(new CallDns())
                .withSocketFactory(new OkHttpConnection.Factory(transport, this))
                .proceed(chain.request());
    }

    /** Returns the time for connecting to the next address. */
    Duration nextConnectTime() throws IOException {
        if (finalFailure != null) {
            throw finalFailure;
        }
        enter(CallPhase.CONNECT);
        return requireNonNull(budget, "budget").share(Math.max(1, untriedAddresses--));
    }

    /** Returns whether the library speaks HTTP/2 on the connection that this call opens. */
    boolean speaksHttp2() {
        return speaksHttp2;
    }

    /** Makes connecting to further addresses fail in the same way. */
    void connectFailed(IOException failure) {
        finalFailure = failure;
    }

    /** Interceptor next to the connection: sends the request as given, and hides the response's head from the library. */
    Response exchange(Interceptor.Chain chain) throws IOException {
        OkHttpConnection used = requireNonNull(connection, "connection");
        enter(CallPhase.SEND);
        Request message = chain.request();
        if (used.isMultiplexed()) {
            message = transport.requests().http2Message(message, request());
        } else {
            used.input().expectHead();
            message = message.newBuilder().headers(NO_HEADERS).build();
            used.output().replaceHead(transport.requests().head(request()), OkHttpRequestWriter.placeholderLength(message));
        }
        Response response = chain.proceed(message);
        if (malformed != null) {
            throw malformed;
        }
        return response.newBuilder().code(NEUTRAL_STATUS).headers(NO_HEADERS).build();
    }

    /** Takes over the head before the library begins with the body. */
    private void receive(Response response) {
        OkHttpConnection used = requireNonNull(connection, "connection");
        try {
            ResponseHead received = headOf(response, used.isMultiplexed());
            head = received;
            if (!used.isMultiplexed()) {
                used.input().expectBody(received, request().method());
            }
        } catch (ProtocolException violation) {
            malformed = violation;
        }
    }

    private static ResponseHead headOf(Response response, boolean multiplexed) throws ProtocolException {
        String protocol = multiplexed ? "HTTP/2" : response.protocol().toString().toUpperCase(Locale.ROOT);
        return ResponseHead.of(response.code(), protocol, () -> {
            okhttp3.Headers received = response.headers();
            List<Header> fields = new ArrayList<>(received.size());
            for (int index = 0; index < received.size(); index++) {
                // A recipient replaces these characters or rejects the message (RFC 9110, section 5.5).
                String value = received.value(index).replace('\r', ' ').replace('\0', ' ');
                fields.add(new Header(received.name(index), value));
            }
            return fields;
        });
    }

    /** Returns the head of the response that has arrived. */
    ResponseHead head() {
        return requireNonNull(head, "head");
    }

    @Nullable OkHttpConnection openConnection() {
        return connection;
    }

    private void use(OkHttpConnection acquired) {
        boolean reused = !acquired.isOpenedBy(this);
        if (reused) {
            acquired.lifecycle().leaseAgain();
        } else {
            acquired.lifecycle().open(requireNonNull(budget, "budget").elapsed());
        }
        receivedBefore = acquired.received();
        connection = acquired;
        useConnection(acquired.lifecycle().id(), reused);
    }

    /** Releases the connection after a complete exchange, and keeps it unless something forbids its reuse. */
    private void release() {
        OkHttpConnection used = connection;
        if (used == null || !released.compareAndSet(false, true)) {
            return;
        }
        Headers response = head == null ? Headers.EMPTY : head.headers();
        IdleTimeout limit = used.lifecycle().idleLimit(response, transport.settings().lifetimes());
        boolean completed = complete();
        if (used.isMultiplexed() && (!completed || used.lifecycle().isShared())) {
            used.lifecycle().markIdle(limit);
            return;
        }
        CloseReason reason = ConnectionLifecycle.closeReason(
                request().isConnectionReusable(), completed && (used.isMultiplexed() || isPersistent()), limit);
        if (reason != null) {
            used.close(reason);
        } else {
            used.input().expectNothing();
            used.lifecycle().markIdle(limit);
        }
    }

    /** Releases the connection of a failed exchange, which the library has closed by now if it is not multiplexed. */
    private void releaseFailed() {
        OkHttpConnection used = connection;
        if (used == null || !released.compareAndSet(false, true)) {
            return;
        }
        if (used.isMultiplexed()) {
            used.lifecycle().markIdle(used.lifecycle().idleLimit(Headers.EMPTY, transport.settings().lifetimes()));
        } else {
            used.abort();
        }
    }

    private boolean isPersistent() {
        return !sendFailed
                && head != null
                && head.keepsConnection(request().method())
                && request().headers().elements("Connection").stream().noneMatch("close"::equalsIgnoreCase);
    }

    @Override
    protected boolean isResponseStarted() {
        return super.isResponseStarted() || (connection != null && connection.received() > receivedBefore);
    }

    @Override
    protected TransportFailure classify(Throwable cause) {
        return switch (cause) {
            case UnknownHostException failed when failed.getCause() != null ->
                SocketFailures.classify(failed.getCause(), phase());
            case ProtocolException ended when String.valueOf(ended.getMessage()).contains("unexpected end of stream") ->
                SocketFailures.classify(new EOFException(), phase());
            case ProtocolException malformed -> TransportFailure.MALFORMED;
            default -> SocketFailures.classify(cause, phase());
        };
    }

    /** The library's events of one  */
    private final class Events extends EventListener {

        @Override
        public void connectionAcquired(Call library, okhttp3.Connection acquired) {
            use((OkHttpConnection) acquired.socket());
        }

        @Override
        public void requestHeadersEnd(Call library, Request sent) {
            if (sent.body() == null) {
                enter(CallPhase.HEAD);
            }
        }

        @Override
        public void requestBodyEnd(Call library, long byteCount) {
            enter(CallPhase.HEAD);
        }

        /** The library goes on and looks for a response, which may explain more; without one, this is the failure. */
        @Override
        public void requestFailed(Call library, IOException failure) {
            sendFailed = true;
            reportPhase(CallPhase.SEND);
        }

        @Override
        public void responseHeadersEnd(Call library, Response response) {
            receive(response);
        }

        /** Comes before the library gives the connection to other calls. */
        @Override
        public void responseBodyEnd(Call library, long byteCount) {
            release();
        }

        /** Comes alone when the exchange has failed. */
        @Override
        public void connectionReleased(Call library, okhttp3.Connection connection) {
            releaseFailed();
        }
    }

    /** The library allows one exception here; the real one is its cause. */
    private final class CallDns implements Dns {

        @Override
        public List<InetAddress> lookup(String host) throws UnknownHostException {
            try {
                enter(CallPhase.CONNECT);
                Duration limit = requireNonNull(budget, "budget").remaining();
                List<InetAddress> found = HostLookup.addressesOf(host, transport.resolver(), limit, OkHttpCall.this);
                untriedAddresses = found.size();
                return found;
            } catch (IOException failure) {
                throw (UnknownHostException) new UnknownHostException(host).initCause(failure);
            }
        }

        private OkHttpTransport transport() {
            return transport;
        }

        /** The library reuses a connection only for calls with an equal lookup; those of all calls are equal. */
        @Override
        public boolean equals(Object other) {
            return other instanceof CallDns that && that.transport() == transport;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(transport);
        }
    }
}
