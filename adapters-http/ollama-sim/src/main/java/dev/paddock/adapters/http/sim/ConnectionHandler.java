package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.exchange.SimulatedExchange;
import dev.paddock.adapters.http.sim.model.SimulatorState;
import dev.paddock.adapters.http.sim.recording.RecordedRequest;
import dev.paddock.adapters.http.sim.recording.Recording.Counter;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One connection: requests are collected, recorded with their headers as they came (which Netty's aggregator would
 * change), and answered one after another. The end of the connection, or of the client's half of it, cancels the
 * request being answered. All methods run on the connection's event loop.
 */
final class ConnectionHandler extends SimpleChannelInboundHandler<HttpObject> {
    private final SimulatorState state;
    private final SimulatorDispatcher dispatcher;
    private final Executor handlers;
    private final long connection;
    private final Deque<Runnable> pipelined = new ArrayDeque<>();
    private long requests;
    private @Nullable HttpRequest head;
    private ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable SimulatedExchange current;

    ConnectionHandler(SimulatorState state, SimulatorDispatcher dispatcher, Executor handlers, long connection) {
        this.state = state;
        this.dispatcher = dispatcher;
        this.handlers = handlers;
        this.connection = connection;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        state.recording().increment(Counter.CONNECTIONS_ACCEPTED);
        state.recording().increment(Counter.CONNECTIONS_OPEN);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            boolean tooLong = part.decoderResult().cause() instanceof TooLongHttpHeaderException;
            refuse(context, tooLong ? "431 Request Header Fields Too Large" : "400 Bad Request");
            return;
        }
        if (part instanceof HttpRequest request) {
            head = request;
            body = new ByteArrayOutputStream();
            if (HttpUtil.is100ContinueExpected(request)) {
                ChannelFuture unused = send(context, "HTTP/1.1 100 Continue\r\n\r\n");
            }
        }
        if (part instanceof HttpContent content) {
            body.writeBytes(ByteBufUtil.getBytes(content.content()));
        }
        if (part instanceof LastHttpContent && head != null) {
            complete(context, head);
            head = null;
            serveNext();
        }
    }

    private static void refuse(ChannelHandlerContext context, String status) {
        ChannelFuture unused = send(context, "HTTP/1.1 " + status
            + "\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n" + status)
            .addListener(ChannelFutureListener.CLOSE);
    }

    private static ChannelFuture send(ChannelHandlerContext context, String text) {
        return context.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void complete(ChannelHandlerContext context, HttpRequest request) {
        requests++;
        RecordedRequest record = new RecordedRequest(
            request.method().name(), request.uri(), request.protocolVersion().text(),
            request.headers().entries().stream()
                .map(field -> new RecordedRequest.HeaderField(field.getKey(), field.getValue())).toList(),
            body.toString(StandardCharsets.UTF_8), connection, requests);
        boolean keepAlive = request.protocolVersion().equals(HttpVersion.HTTP_1_1) && HttpUtil.isKeepAlive(request);
        byte[] bytes = body.toByteArray();
        state.recording().record(record, keepAlive);
        pipelined.addLast(() -> serve(context, new SimulatedExchange(record, bytes, keepAlive, context.channel(),
            state.faults().take(record.path()), state.settings().shuffledKeys())));
    }

    private void serveNext() {
        if (current == null && !pipelined.isEmpty()) {
            pipelined.removeFirst().run();
        }
    }

    private void serve(ChannelHandlerContext context, SimulatedExchange exchange) {
        current = exchange;
        handlers.execute(() -> {
            dispatcher.serve(exchange);
            context.executor().execute(() -> served(context));
        });
    }

    private void served(ChannelHandlerContext context) {
        current = null;
        if (context.channel().isActive()) {
            serveNext();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        state.recording().add(Counter.CONNECTIONS_OPEN, -1);
        pipelined.clear();
        if (current != null) {
            current.clientDisconnected();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture unused = context.close();
    }
}
