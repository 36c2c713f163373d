package dev.paddock.adapters.http.apache5;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.IdleTimeout;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.support.AbstractTransportCall;
import dev.paddock.adapters.http.spi.support.AbstractTransportResponse;
import dev.paddock.adapters.http.spi.support.HttpViolation;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.adapters.http.spi.support.SocketFailures;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** One request: leases a connection, opens it if it is new, sends, and holds the connection until the end of the body. */
final class Apache5Call extends AbstractTransportCall {

    private static final int MAX_INTERIM_RESPONSES = 8;

    /** Carries the call through the library to the code that opens connections. */
    static final class Context extends HttpCoreContext {

        private final Apache5Call call;

        private Context(Apache5Call call) {
            this.call = call;
        }

        Apache5Call call() {
            return call;
        }
    }

    private final Apache5Transport transport;
    private final Context context = new Context(this);
    private final AtomicReference<@Nullable ConnectionEndpoint> lease = new AtomicReference<>();
    private @Nullable Apache5Connection connection;
    private @Nullable ResponseHead head;
    private long receivedBefore;

    Apache5Call(Apache5Transport transport, TransportRequest request, CallListener listener) {
        super(transport.state(), request, listener);
        this.transport = transport;
    }

    @Override
    protected AbstractTransportResponse send() throws IOException {
        ConnectionEndpoint endpoint = transport.lease();
        lease.set(endpoint);
        requireRunning();
        try {
            if (!endpoint.isConnected()) {
                transport.connect(endpoint, context);
            }
            ClassicHttpRequest message = message();
            ClassicHttpResponse response = endpoint.execute(
                    "", message, (request, used, unused) -> exchange(request, (Apache5Connection) used), context);
            return new Apache5Response(this, requireNonNull(head, "head"), response.getEntity());
        } catch (HttpException cause) {
            throw failed(cause);
        }
    }

    /** Returns the request as the library's message, without what the library would add. */
    private ClassicHttpRequest message() {
        // The shorter constructors parse the target as a URI and send it normalised.
        ClassicHttpRequest message = new BasicClassicHttpRequest(request().method(), null, null, targetToSend());
        for (Header field : fieldsToSend()) {
            message.addHeader(field.name(), field.value());
        }
        long length = request().body().length();
        if (length > 0) {
            message.setEntity(new EntityTemplate(length, null, null, this::writeTo));
        }
        return message;
    }

    private void writeTo(OutputStream output) throws IOException {
        writeBody(
                (array, offset, count) -> {
                    output.write(array, offset, count);
                    output.flush(); // while an early response is watched for; the library would flush next
                },
                requireNonNull(requireNonNull(connection, "connection").getSocket(), "socket"));
    }

    private static ResponseHead headOf(ClassicHttpResponse response) throws ProtocolException {
        String protocol = (response.getVersion() == null ? HttpVersion.HTTP_1_1 : response.getVersion()).format();
        return ResponseHead.of(response.getCode(), protocol, () -> {
            List<Header> fields = new ArrayList<>();
            for (org.apache.hc.core5.http.Header field : response.getHeaders()) { // a stream was measurably slower
                String value = field.getValue(); // is a new string each time
                fields.add(new Header(field.getName(), value == null ? "" : value));
            }
            return fields;
        });
    }

    /** Records the connection that the request will be sent over. */
    void use(Apache5Connection used, boolean reused) {
        connection = used;
        receivedBefore = used.received();
        useConnection(used.lifecycle().id(), reused);
    }

    private ClassicHttpResponse exchange(ClassicHttpRequest message, Apache5Connection used)
            throws IOException, HttpException {
        if (connection == null) {
            used.lifecycle().leaseAgain();
            use(used, true);
        }
        try {
            enter(CallPhase.SEND);
            used.sendRequestHeader(message);
            used.sendRequestEntity(message);
            used.flush();
        } catch (IOException broken) {
            return receiveEarlyResponse(message, used, broken);
        }
        enter(CallPhase.HEAD);
        return receive(message, used);
    }

    /** A server may answer and close before it has read the body; its answer explains more than the broken connection. */
    private ClassicHttpResponse receiveEarlyResponse(
            ClassicHttpRequest message, Apache5Connection used, IOException broken) throws IOException {
        used.markNonReusable();
        if (!used.hasInput()) {
            throw broken;
        }
        try {
            return receive(message, used);
        } catch (IOException | HttpException noAnswer) {
            broken.addSuppressed(noAnswer);
            throw broken;
        }
    }

    private ClassicHttpResponse receive(ClassicHttpRequest message, Apache5Connection used)
            throws IOException, HttpException {
        for (int interim = 0; interim <= MAX_INTERIM_RESPONSES; interim++) {
            ClassicHttpResponse response = used.receiveResponseHeader();
            if (response.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS) {
                throw HttpViolation.PROTOCOL_SWITCH.toException();
            }
            if (response.getCode() >= HttpStatus.SC_SUCCESS) {
                if (used.isEnded()) {
                    // The parser takes the end of the stream for the end of the head.
                    throw new ConnectionClosedException("The head of the response is incomplete");
                }
                head = headOf(response); // before the library judges the body's framing, in less precise words
                if (MessageSupport.canResponseHaveBody(message.getMethod(), response)) {
                    used.receiveResponseEntity(response);
                }
                return response;
            }
        }
        throw HttpViolation.INTERIM_RESPONSES.toException();
    }

    /** Releases the connection after the end of the body, and keeps it unless something forbids its reuse. */
    void release(ResponseHead head) {
        if (!complete()) {
            return;
        }
        ConnectionEndpoint endpoint = lease.getAndSet(null);
        Apache5Connection used = connection;
        if (endpoint == null || used == null) {
            return;
        }
        boolean persistent = head.keepsConnection(request()) && used.isConsistent();
        IdleTimeout limit =
                used.lifecycle().release(head.headers(), request().isConnectionReusable(), persistent);
        transport.release(endpoint, limit == null ? Duration.ZERO : limit.time());
    }

    @Override
    protected void abort() {
        ConnectionEndpoint endpoint = lease.getAndSet(null);
        if (endpoint != null) {
            try {
                endpoint.close(CloseMode.IMMEDIATE);
            } finally {
                transport.release(endpoint, Duration.ZERO);
            }
        }
    }

    @Override
    protected boolean isResponseStarted() {
        return connection != null && connection.received() > receivedBefore;
    }

    private boolean isConnectionEnded() {
        return connection != null && connection.isEnded();
    }

    @Override
    protected TransportFailure classify(Throwable cause) {
        return switch (cause) {
            case MessageConstraintException tooLarge -> TransportFailure.MALFORMED;
            // The parser takes the end of the stream for the end of a line, and rejects half a line.
            case HttpException ended when isConnectionEnded() -> TransportFailure.broken(phase());
            case HttpException malformed -> TransportFailure.MALFORMED;
            case ProtocolException malformed -> TransportFailure.MALFORMED;
            case ConnectionClosedException ended when phase() == CallPhase.BODY -> TransportFailure.TRUNCATED;
            default -> SocketFailures.classify(cause, phase());
        };
    }

    @Override
    protected @Nullable HttpViolation violation(Throwable cause) {
        HttpViolation found = super.violation(cause);
        if (found != null) {
            return found;
        }
        return switch (cause) {
            case MessageConstraintException count when String.valueOf(count.getMessage()).contains("header count") ->
                HttpViolation.FIELD_COUNT;
            case MessageConstraintException line -> HttpViolation.LINE_LENGTH;
            case UnsupportedHttpVersionException version -> HttpViolation.STATUS_LINE;
            case ParseException field when String.valueOf(field.getMessage()).startsWith("Invalid header") -> HttpViolation.FIELD;
            case ParseException line -> HttpViolation.STATUS_LINE;
            default -> null;
        };
    }

    /** A response whose body is read straight from the connection. The library's stream is never closed: that would drain it. */
    private static final class Apache5Response extends AbstractTransportResponse {

        private final Apache5Call call;
        private final ResponseHead head;
        private final InputStream content;

        Apache5Response(Apache5Call call, ResponseHead head, @Nullable HttpEntity body) throws IOException {
            super(call, head, body == null ? 0 : body.getContentLength());
            this.call = call;
            this.head = head;
            this.content = body == null ? InputStream.nullInputStream() : body.getContent();
        }

        @Override
        protected int readBody(byte[] buffer, int offset, int length) throws IOException {
            return content.read(buffer, offset, length);
        }

        @Override
        protected void bodyCompleted() {
            call.release(head);
        }
    }
}
