package dev.paddock.example.socket;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.IdleTimeout;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.support.AbstractTransportCall;
import dev.paddock.adapters.http.spi.support.AbstractTransportResponse;
import dev.paddock.adapters.http.spi.support.ConnectionLifecycle;
import dev.paddock.adapters.http.spi.support.ConnectionLifecycle.Reservation;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.adapters.http.spi.support.SocketFailures;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.example.socket.SocketTransportFactory.SocketTransport;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One request and its response over HTTP/1.1. */
final class SocketCall extends AbstractTransportCall {

    private static final Pattern STATUS_LINE = Pattern.compile("(HTTP/1\\.[01]) ([1-5]\\d\\d)(?: .*)?");
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~\\w-]+):([^\\x00-\\x08\\x0A-\\x1F\\x7F]*)");
    private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9a-fA-F]{1,15})\\s*(?:;.*)?");
    private static final int MAX_FIELDS = 100;
    private static final int MAX_INTERIM_RESPONSES = 8;

    private final SocketTransport transport;
    private volatile @Nullable SocketConnection connection;

    SocketCall(SocketTransport transport, TransportRequest request, CallListener listener) {
        super(transport.state(), request, listener);
        this.transport = transport;
    }

    @Override
    protected AbstractTransportResponse send() throws IOException {
        SocketConnection idle = reserve();
        SocketConnection leased = idle == null ? new SocketConnection(transport) : idle;
        connection = leased; // from now on, abort() closes it
        requireRunning();
        if (idle == null) {
            leased.open(this);
        } else {
            leased.channel.setSoTimeout(0); // isStale() had changed it
            leased.lifecycle.leaseAgain();
        }
        useConnection(leased.lifecycle.id(), idle != null);
        enter(CallPhase.SEND);
        OutputStream output = leased.channel.getOutputStream();
        output.write(requestHead().getBytes(StandardCharsets.ISO_8859_1));
        writeBody(output::write);
        enter(CallPhase.HEAD);
        ResponseHead head = receiveHead(leased);
        return new Response(leased, head, head.bodyLength(request().method()));
    }

    /** Returns an idle connection that is fit for use, the one used last if there are several, or null. */
    private @Nullable SocketConnection reserve() {
        for (SocketConnection each : transport.connections()) {
            Reservation reservation = each.lifecycle.reserve();
            if (reservation == Reservation.RESERVED && !each.isStale()) {
                return each;
            }
            if (reservation != Reservation.IN_USE) {
                each.close();
            }
        }
        return null;
    }

    private String requestHead() {
        StringBuilder head = new StringBuilder(request().method() + " " + request().target() + " HTTP/1.1\r\n");
        head.append("Host: ").append(transport.endpoint().authority()).append("\r\n");
        for (Header field : request().headers().fields()) {
            head.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        long length = request().body().length();
        if (length > 0 || List.of("POST", "PUT", "PATCH").contains(request().method())) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private ResponseHead receiveHead(SocketConnection leased) throws IOException {
        leased.input.mark(1);
        if (leased.input.read() < 0) {
            throw new EOFException("the connection ended instead of a response");
        }
        markResponseStarted();
        leased.input.reset();
        for (int interim = 0; interim <= MAX_INTERIM_RESPONSES; interim++) {
            Matcher status = match(STATUS_LINE, leased.readLine());
            List<Header> fields = new ArrayList<>();
            for (String line = leased.readLine(); !line.isEmpty(); line = leased.readLine()) {
                Matcher field = match(FIELD, line);
                fields.add(new Header(field.group(1), field.group(2).strip()));
                if (fields.size() > MAX_FIELDS) {
                    throw new ProtocolException("too many fields");
                }
            }
            int code = Integer.parseInt(status.group(2));
            if (code == 101 || code >= 200) {
                return ResponseHead.of(code, status.group(1), () -> fields);
            }
        }
        throw new ProtocolException("too many interim responses");
    }

    private static Matcher match(Pattern pattern, String line) throws ProtocolException {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new ProtocolException("not a line of a response");
        }
        return matcher;
    }

    @Override
    protected void abort() {
        SocketConnection used = connection;
        if (used != null) {
            used.close();
        }
    }

    @Override
    protected TransportFailure classify(Throwable cause) {
        TransportFailure failure = SocketFailures.classify(cause, phase());
        if (phase() == CallPhase.TLS && cause instanceof SSLException && failure != TransportFailure.NO_RESPONSE) {
            return TransportFailure.TLS_FAILED;
        }
        return cause instanceof ProtocolException ? TransportFailure.MALFORMED : failure;
    }

    private final class Response extends AbstractTransportResponse {

        private final SocketConnection source;
        private final ResponseHead head;
        private final boolean untilClose;
        private long left; // of the body, or of the chunk
        private boolean inChunks;

        private Response(SocketConnection source, ResponseHead head, long length) {
            super(SocketCall.this, head, length);
            this.source = source;
            this.head = head;
            this.untilClose = length == Headers.UNKNOWN_LENGTH && !head.isChunked();
            this.left = untilClose ? Long.MAX_VALUE : Math.max(0, length);
        }

        @Override
        protected int readBody(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0 && !startChunk()) {
                return -1;
            }
            int count = source.input.read(buffer, offset, (int) Math.min(length, left));
            if (count < 0 && !untilClose) {
                throw new EOFException("the connection ended within the body");
            }
            left -= count;
            return count;
        }

        /** Reads the size of the next chunk; false after the last chunk and its trailers. */
        private boolean startChunk() throws IOException {
            if (inChunks && !source.readLine().isEmpty()) {
                throw new ProtocolException("a chunk is longer than its size");
            }
            inChunks = true;
            left = Long.parseLong(match(CHUNK_SIZE, source.readLine()).group(1), 16);
            while (left == 0 && !source.readLine().isEmpty()) {
                assert left == 0; // a trailer, which has no reader
            }
            return left > 0;
        }

        @Override
        protected void bodyCompleted() {
            if (complete()) {
                IdleTimeout limit = source.lifecycle.idleLimit(head.headers(), transport.settings().lifetimes());
                CloseReason reason = ConnectionLifecycle.closeReason(
                        request().isConnectionReusable(), head.keepsConnection(request().method()), limit);
                if (reason == null) {
                    source.lifecycle.markIdle(limit);
                } else {
                    source.lifecycle.setCloseReason(reason);
                }
                if (reason != null || transport.state().isClosed()) {
                    source.close();
                }
            }
        }
    }
}
