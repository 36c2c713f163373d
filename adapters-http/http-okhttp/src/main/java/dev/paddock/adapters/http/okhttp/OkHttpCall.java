package dev.paddock.adapters.http.okhttp;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.support.AbstractTransportCall;
import dev.paddock.adapters.http.spi.support.HttpViolation;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.adapters.http.spi.support.SocketFailures;
import dev.paddock.adapters.http.spi.support.TransportState;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** One request as a call of the library, of which it is a tag: the library's events and interceptors find it by that. */
final class OkHttpCall extends AbstractTransportCall {

    /** A status and header fields that start none of the library's policies. */
    private static final int NEUTRAL_STATUS = 200;

    private static final char REPLACEMENT = '\uFFFD';
    private static final okhttp3.Headers NO_HEADERS = new okhttp3.Headers.Builder().build();

    private final OkHttpTransport transport;
    private final Events events = new Events();
    private final AtomicBoolean released = new AtomicBoolean();
    private final Request message;
    private final okhttp3.Headers fields;
    private volatile @Nullable Call libraryCall;
    private boolean speaksHttp2;
    private @Nullable OkHttpConnection connection;
    private long receivedBefore;
    private boolean sendFailed;
    private @Nullable ResponseHead head;
    private @Nullable ProtocolException malformed;

    OkHttpCall(OkHttpTransport transport, TransportState state, TransportRequest request, CallListener listener) {
        super(state, request, listener);
        this.transport = transport;
        this.message = transport.message(this, new Body());
        this.fields = fields();
    }

    static OkHttpCall of(Call call) {
        return requireNonNull(call.request().tag(OkHttpCall.class), "the tag of the call");
    }

    @Override
    protected OkHttpResponse send() throws IOException {
        if (transport.isHttp2Offered()) {
            try {
                return execute(true);
            } catch (OkHttpConnection.Http2RefusedException http1Only) {
                transport.withdrawHttp2();
            }
        }
        return execute(false);
    }

    private OkHttpResponse execute(boolean http2) throws IOException {
        speaksHttp2 = http2;
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

    /** Interceptor of the whole call: the sockets of its connections belong to it. */
    Response connect(Interceptor.Chain chain) throws IOException {
        return chain.withSocketFactory(new OkHttpConnection.Factory(this, speaksHttp2)).proceed(chain.request());
    }

    /** Interceptor next to the connection: sends the fields as given, and hides the response's head from the library. */
    Response exchange(Interceptor.Chain chain) throws IOException {
        OkHttpConnection used = openConnection();
        enter(request().body().length() == 0 ? CallPhase.HEAD : CallPhase.SEND);
        Request.Builder sent = chain.request().newBuilder().headers(fields);
        if (used.input() == null) {
            sent.url(chain.request().url().newBuilder().scheme("https").port(transport().endpoint().port()).build());
        } else {
            used.input().expectHead();
        }
        Response response = chain.proceed(sent.build());
        if (malformed != null) {
            throw malformed;
        }
        return response.newBuilder().code(NEUTRAL_STATUS).headers(NO_HEADERS).build();
    }

    /** The library encodes values as UTF-8, which gives the bytes of a value back that was decoded so. */
    private okhttp3.Headers fields() {
        okhttp3.Headers.Builder fields = new okhttp3.Headers.Builder();
        for (Header field : fieldsToSend()) {
            String value = new String(field.value().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            if (value.indexOf(REPLACEMENT) >= 0) {
                throw OkHttpTransport.refused("OkHttp sends header fields in UTF-8 only, unlike the value of " + field.name());
            }
            fields.addUnsafeNonAscii(field.name(), value);
        }
        return fields.build();
    }

    /** Takes over the head before the library begins with the body. */
    private void receive(Response response) {
        ConnectionInput input = openConnection().input();
        try {
            ResponseHead received = headOf(response, input == null);
            head = received;
            if (input != null) {
                input.expectBody(received, request().method());
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

    /** Returns the connection that the request is sent over. */
    OkHttpConnection openConnection() {
        return requireNonNull(connection, "connection");
    }

    private void use(OkHttpConnection acquired) {
        receivedBefore = acquired.received();
        connection = acquired;
        useConnection(acquired.id(), acquired.lease());
    }

    /** Ends the use of the connection. The library has closed that of a failed exchange if it is not multiplexed. */
    private void release(boolean bodyEnded) {
        OkHttpConnection used = connection;
        if (used == null || !released.compareAndSet(false, true)) {
            return;
        }
        if (!bodyEnded && !used.isMultiplexed()) {
            used.close();
            return;
        }
        Headers response = head == null ? Headers.EMPTY : head.headers();
        boolean completed = bodyEnded && complete();
        boolean reusable = request().isConnectionReusable() || (used.isMultiplexed() && !completed);
        used.release(response, reusable, used.isMultiplexed() || (completed && isPersistent()));
    }

    private boolean isPersistent() {
        return !sendFailed && head != null && head.keepsConnection(request());
    }

    @Override
    protected boolean isResponseStarted() {
        return super.isResponseStarted() || (connection != null && connection.received() > receivedBefore);
    }

    @Override
    protected TransportFailure classify(Throwable cause) {
        return switch (cause) {
            case ProtocolException ended when String.valueOf(ended.getMessage()).contains("unexpected end of stream") ->
                SocketFailures.classify(new EOFException(), phase());
            case ProtocolException malformed -> TransportFailure.MALFORMED;
            default -> SocketFailures.classify(cause, phase());
        };
    }

    /** The library's message repeats what it read. */
    @Override
    protected @Nullable HttpViolation violation(Throwable cause) {
        HttpViolation found = super.violation(cause);
        boolean isStatusLine = String.valueOf(cause.getMessage()).startsWith("Unexpected status line");
        return found == null && isStatusLine ? HttpViolation.STATUS_LINE : found;
    }

    /** The body of the request, written by the call. */
    private final class Body extends RequestBody {

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            OkHttpConnection used = openConnection();
            writeBody(
                    (array, offset, length) -> {
                        if (progress().bytesWritten() > 0) {
                            used.stopSendingIfAnswered();
                        }
                        sink.write(array, offset, length);
                        sink.flush();
                    },
                    used.connected());
        }

        @Override
        public long contentLength() {
            return request().body().length();
        }

        /** Null: the header fields of the request name the type. */
        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        /** True: the library must not send a body twice. */
        @Override
        public boolean isOneShot() {
            return true;
        }
    }

    /** The library's events of one call. */
    private final class Events extends EventListener {

        @Override
        public void connectionAcquired(Call library, okhttp3.Connection acquired) {
            use((OkHttpConnection) acquired.socket());
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
            release(true);
        }

        /** Comes alone when the exchange has failed. */
        @Override
        public void connectionReleased(Call library, okhttp3.Connection connection) {
            release(false);
        }
    }
}
