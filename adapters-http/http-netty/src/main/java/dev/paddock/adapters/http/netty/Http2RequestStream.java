package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.support.HttpViolation;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One exchange over HTTP/2: a stream of a connection that other calls use, too. Its frames are confined to the event loop. */
final class Http2RequestStream extends ChannelInboundHandlerAdapter implements RequestStream {

    /** What belongs to one HTTP/1.1 connection (RFC 9113, section 8.2.2), and Host, which is a pseudo field. */
    private static final Set<String> NOT_SENT =
            Set.of("host", "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    private static final int MAX_INTERIM_RESPONSES = 8;
    private static final int FIRST_FINAL_STATUS = 200;

    private final NettyCall call;
    private final NettyConnection connection;
    private final Http2Session session;
    private final boolean reused;
    private final RequestProgress progress;
    private final IncomingResponse incoming;
    private volatile @Nullable Channel stream;
    private @Nullable ResponseHead head;
    private int interimResponses;
    private volatile boolean hasNoBody;
    private boolean leased;
    private boolean released;

    Http2RequestStream(NettyCall call, NettyConnection connection, Http2Session session, boolean reused) {
        this.call = call;
        this.connection = connection;
        this.session = session;
        this.reused = reused;
        this.leased = !reused;
        this.progress = new RequestProgress(call);
        this.incoming = new IncomingResponse(connection.eventLoop(), this::setReading);
    }

    private void setReading(boolean wanted) {
        Channel opened = stream;
        if (opened != null) {
            var unused = opened.config().setAutoRead(wanted);
        }
    }

    @Override
    public IncomingResponse incoming() {
        return incoming;
    }

    // The request.

    @Override
    public void begin(@Nullable BodyPiece first, boolean last) {
        connection.eventLoop().execute(() -> {
            if (released) {
                return;
            }
            if (!session.canOpenStream()) {
                connection.withdraw();
                incoming.failed(reused ? new StaleConnectionException() : new EOFException("The connection takes no request"));
                return;
            }
            if (reused && !connection.lifecycle().leaseShared()) {
                connection.close();
                incoming.failed(new StaleConnectionException());
                return;
            }
            leased = true;
            call.useConnection(connection.lifecycle().id(), reused);
            if (!progress.begin()) {
                return; // the stream is being released
            }
            var unused = new Http2StreamChannelBootstrap(connection.channel()).handler(this).open().addListener(opening -> {
                if (opening.isSuccess()) {
                    start((Http2StreamChannel) opening.getNow(), first, last);
                } else {
                    incoming.failed(opening.cause());
                }
            });
        });
    }

    private void start(Channel opened, @Nullable BodyPiece first, boolean last) {
        stream = opened;
        ChannelFuture written = opened.write(new DefaultHttp2HeadersFrame(fields(), first == null && last));
        if (first == null) {
            report(written, 0, last);
        } else {
            write(first, last);
        }
        opened.flush();
    }

    private Http2Headers fields() {
        Http2Headers fields = new DefaultHttp2Headers()
                .method(call.request().method())
                .scheme("https")
                .authority(call.transport().endpoint().authority())
                .path(call.request().target());
        for (Header field : call.fieldsToSend()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (!NOT_SENT.contains(name)) {
                var unused = fields.add(name, field.value());
            }
        }
        return fields;
    }

    @Override
    public void send(BodyPiece piece, boolean last) {
        connection.eventLoop().execute(() -> {
            Channel opened = stream;
            if (opened != null) {
                write(piece, last);
                opened.flush();
            }
        });
    }

    private void write(BodyPiece piece, boolean last) {
        Channel opened = stream;
        if (opened != null) {
            ByteBuf bytes = Unpooled.wrappedBuffer(piece.array(), piece.offset(), piece.length());
            report(opened.write(new DefaultHttp2DataFrame(bytes, last)), piece.length(), last);
        }
    }

    private void report(ChannelFuture written, int bodyBytes, boolean last) {
        var unused = written.addListener(done -> {
            if (done.isSuccess()) {
                progress.pieceSent(bodyBytes, last);
                if (!last) {
                    incoming.pieceSent();
                }
            } else {
                incoming.sendFailed(done.cause());
            }
        });
    }

    // The response.

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        try {
            switch (frame) {
                case Http2HeadersFrame fields -> receiveFields(fields);
                case Http2DataFrame data -> receiveData(data);
                default -> {} // no other frame belongs to a response
            }
        } catch (ProtocolException violation) {
            fail(violation);
        } finally {
            ReferenceCountUtil.release(frame);
        }
    }

    private void receiveFields(Http2HeadersFrame frame) throws ProtocolException {
        if (head == null) {
            call.markResponseStarted();
            int status = status(frame.headers());
            if (status >= FIRST_FINAL_STATUS || status < 100) {
                progress.responseBegins();
                head = ResponseHead.of(status, "HTTP/2", () -> received(frame.headers()));
                if (frame.isEndStream()) {
                    hasNoBody = true;
                    incoming.completed();
                }
                incoming.headArrived(head);
                incoming.readEnded();
                return;
            }
            if (++interimResponses > MAX_INTERIM_RESPONSES) {
                throw HttpViolation.INTERIM_RESPONSES.toException();
            }
        }
        if (frame.isEndStream()) {
            end();
        }
    }

    private static int status(Http2Headers fields) throws ProtocolException {
        CharSequence status = fields.status();
        if (status == null || status.length() != 3 || !status.chars().allMatch(Character::isDigit)) {
            throw HttpViolation.STATUS.toException();
        }
        return Integer.parseInt(status, 0, 3, 10);
    }

    private static List<Header> received(Http2Headers fields) {
        List<Header> received = new ArrayList<>(fields.size());
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            if (field.getKey().charAt(0) != ':') {
                received.add(new Header(field.getKey().toString(), field.getValue().toString()));
            }
        }
        return received;
    }

    /** The number of bytes is known by the end of the stream, with which the codec compares what was announced. */
    @Override
    public long bodyLength(ResponseHead received) {
        return hasNoBody ? 0 : Headers.UNKNOWN_LENGTH;
    }

    private void receiveData(Http2DataFrame data) {
        ByteBuf content = data.content();
        int length = content.readableBytes();
        if (length > 0 && content.hasArray()) {
            incoming.bodyArrived(content.array(), content.arrayOffset() + content.readerIndex(), length);
        } else if (length > 0) {
            incoming.bodyArrived(ByteBufUtil.getBytes(content), 0, length);
        }
        if (data.isEndStream()) {
            end();
        } else {
            incoming.readEnded();
        }
    }

    private void end() {
        if (head == null) {
            fail(new EOFException("The stream ended before the response"));
        } else {
            incoming.completed();
        }
    }

    private void fail(IOException cause) {
        incoming.failed(cause);
        Channel opened = stream;
        if (opened != null) {
            var unused = opened.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2ResetFrame) {
            incoming.failed(new SocketException("The server reset the stream"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean isViolation = cause instanceof Http2FrameStreamException;
        IOException failure = isViolation ? new ProtocolException("The stream breaks HTTP/2") : new IOException("The stream broke");
        fail((IOException) failure.initCause(cause));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        incoming.failed(new EOFException("The stream ended before the response"));
    }

    // The connection.

    @Override
    public void release(ResponseHead received) {
        connection.release(call, received.headers(), true);
        if (!progress.isComplete()) {
            reset();
        }
    }

    @Override
    public void abort() {
        progress.abort();
        incoming.abort(new SocketException("The call was ended"));
        if (call.transport().isClosed()) {
            connection.close();
        }
        try {
            connection.eventLoop().execute(() -> {
                if (!released && leased) {
                    connection.release(call, Headers.EMPTY, true);
                }
                released = true;
                reset();
            });
        } catch (RejectedExecutionException stopped) {
            connection.close();
        }
    }

    private void reset() {
        Channel opened = stream;
        if (opened != null) {
            var unused = opened.close();
        }
    }
}
