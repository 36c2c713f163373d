package dev.paddock.adapters.http.okhttp;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.IdleTimeout;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.ConnectionLifetimes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What the library tells of one call, and what follows from it for the call and its connection. It is a tag of the library's
 * request, by which everything that the library calls finds it.
 */
final class OkHttpEventListener extends EventListener {

    private final OkHttpRequestMessage message;
    private final OkHttpCallState state;
    private final ConnectionLifetimes lifetimes;
    private boolean sendFailed;
    private @Nullable OkHttpResponseHead head;
    private @Nullable ProtocolException brokenHead;

    OkHttpEventListener(OkHttpRequestMessage message, OkHttpCallState state, ConnectionLifetimes lifetimes) {
        this.message = message;
        this.state = state;
        this.lifetimes = lifetimes;
    }

    static OkHttpEventListener of(Call call) {
        return requireNonNull(call.request().tag(OkHttpEventListener.class), "the events of the call");
    }

    OkHttpRequestMessage message() {
        return message;
    }

    OkHttpCallState state() {
        return state;
    }

    void requireValidHead() throws ProtocolException {
        if (brokenHead != null) {
            throw brokenHead;
        }
    }

    /** Returns the head of the response that has arrived. */
    OkHttpResponseHead head() {
        return requireNonNull(head, "head");
    }

    @Override
    public void dnsStart(Call call, String host) {
        state.connectDeadline().begin();
        state.enter(CallPhase.CONNECT);
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        state.connectDeadline().begin();
        state.enter(CallPhase.CONNECT);
    }

    @Override
    public void secureConnectStart(Call call) {
        state.enter(CallPhase.TLS);
    }

    @Override
    public void connectionAcquired(Call call, Connection acquired) {
        state.use(((ConnectionHolder) acquired.socket()).connection());
    }

    @Override
    public void requestHeadersStart(Call call) {
        state.enter(CallPhase.SEND);
        OkHttpConnection connection = requireNonNull(state.connection(), "connection");
        ConnectionInput input = connection.input();
        ConnectionOutput output = connection.output();
        if (input != null && output != null) {
            input.expectHead();
            output.replaceHead(message.head());
        }
    }

    @Override
    public void requestHeadersEnd(Call call, Request sent) {
        if (sent.body() == null) {
            state.enter(CallPhase.HEAD);
        }
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
        state.enter(CallPhase.HEAD);
    }

    /** The library goes on and looks for a response, which may tell more; if there is none, this is the failure. */
    @Override
    public void requestFailed(Call call, IOException failure) {
        sendFailed = true;
        state.fallBack(CallPhase.SEND);
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        try {
            head = OkHttpResponseHead.of(response);
            expectBody(head);
        } catch (ProtocolException broken) {
            brokenHead = broken;
        }
    }

    private void expectBody(OkHttpResponseHead arrived) {
        OkHttpConnection connection = state.connection();
        ConnectionInput input = connection == null ? null : connection.input();
        if (input == null) {
            return;
        }
        if (!arrived.hasBody(message.request().method())) {
            input.substituteBody(SyntheticBody.of(arrived));
        } else if (arrived.isChunked()) {
            input.expectChunks();
        } else {
            input.expectBytes(arrived.length());
        }
    }

    /** Comes before the library lets other calls have the connection. */
    @Override
    public void responseBodyEnd(Call call, long byteCount) {
        release();
    }

    /** Comes alone when the exchange has failed; what is not multiplexed is closed by then. */
    @Override
    public void connectionReleased(Call call, Connection connection) {
        release();
    }

    /** Gives the connection back, unless something speaks against using it again. */
    private void release() {
        OkHttpConnection connection = state.connection();
        if (connection == null || !state.end()) {
            return;
        }
        ConnectionInput input = connection.input();
        if (input != null) {
            input.expectBytes(0);
        }
        IdleTimeout limit = limitFor(connection);
        if (!message.request().isConnectionReusable() && !connection.lifecycle().isShared()) {
            connection.close(CloseReason.OVERFLOW);
        } else if (!connection.isMultiplexed() && !isPersistent()) {
            connection.close(CloseReason.DISCARDED);
        } else if (limit.isOver(Duration.ZERO) && !connection.lifecycle().isShared()) {
            connection.close(limit.reason());
        } else {
            connection.lifecycle().markIdle(limit);
        }
    }

    private IdleTimeout limitFor(OkHttpConnection connection) {
        return IdleTimeout.of(head == null ? Headers.EMPTY : head.headers(), lifetimes, connection.lifecycle().age());
    }

    private boolean isPersistent() {
        return !sendFailed
                && head != null
                && head.keepsConnection()
                && !head.endsWithConnection(message.request().method())
                && message.request().headers().elements("Connection").stream().noneMatch("close"::equalsIgnoreCase);
    }
}
