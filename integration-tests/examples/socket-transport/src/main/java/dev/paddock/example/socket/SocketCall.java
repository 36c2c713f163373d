package dev.paddock.example.socket;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.support.AbstractTransportCall;
import dev.paddock.adapters.http.spi.support.AbstractTransportResponse;
import dev.paddock.adapters.http.spi.support.ChunkedInput;
import dev.paddock.adapters.http.spi.support.ConnectionLifecycle.Reservation;
import dev.paddock.adapters.http.spi.support.ReceivedBytes;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.adapters.http.spi.support.ResponseHeadDecoder;
import dev.paddock.adapters.http.spi.support.SocketFailures;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Header;
import dev.paddock.example.socket.SocketTransportFactory.SocketTransport;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One request and its response over HTTP/1.1. */
final class SocketCall extends AbstractTransportCall {

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
            leased.lifecycle.leaseAgain();
        }
        useConnection(leased.lifecycle.id(), idle != null);
        enter(CallPhase.SEND);
        leased.output.write(requestHead().getBytes(StandardCharsets.ISO_8859_1));
        writeBody(leased.output::write);
        enter(CallPhase.HEAD);
        return new Response(leased, receiveHead(leased.input));
    }

    /** Returns an idle connection that is fit for use, the one used last if there are several, or null. */
    private @Nullable SocketConnection reserve() {
        for (SocketConnection each = transport.idle().poll(); each != null; each = transport.idle().poll()) {
            if (each.lifecycle.reserve(each::isStale) == Reservation.RESERVED) {
                return each;
            }
            each.close();
        }
        return null;
    }

    private String requestHead() {
        StringBuilder head = new StringBuilder(request().method() + " " + targetToSend() + " HTTP/1.1\r\n");
        for (Header field : fieldsToSend()) {
            head.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private ResponseHead receiveHead(ReceivedBytes input) throws IOException {
        long before = input.total();
        ResponseHeadDecoder decoder = new ResponseHeadDecoder();
        try {
            for (int next = input.read(); next >= 0; next = input.read()) {
                if (decoder.accept((byte) next)) {
                    return decoder.head();
                }
            }
            throw new EOFException("the connection ended within the head");
        } finally {
            if (input.total() > before) {
                markResponseStarted();
            }
        }
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
        private final InputStream body;

        private Response(SocketConnection source, ResponseHead head) {
            super(SocketCall.this, head, head.bodyLength(request().method()));
            this.source = source;
            this.head = head;
            this.body = head.isChunked() ? new ChunkedInput(source.input, source.input::buffered) : source.input;
        }

        @Override
        protected int readBody(byte[] buffer, int offset, int length) throws IOException {
            long left = remaining();
            int count = body.read(buffer, offset, left < 0 ? length : (int) Math.min(length, left));
            if (count < 0 && left > 0) {
                throw new EOFException("the connection ended within the body");
            }
            return count;
        }

        @Override
        protected void bodyCompleted() {
            if (complete()) {
                boolean persistent = head.keepsConnection(request());
                if (source.lifecycle.release(head.headers(), request().isConnectionReusable(), persistent) == null) {
                    source.close();
                } else {
                    transport.idle().addFirst(source);
                }
            }
        }
    }
}
