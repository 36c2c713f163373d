package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.recording.RecordedRequest;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects a request whole and passes it on as an {@link IncomingRequest}; refuses what is no HTTP, as Go does. */
final class RequestAssembler extends SimpleChannelInboundHandler<HttpObject> {
    private final long connection;
    private long requests;
    private @Nullable HttpRequest head;
    private ByteArrayOutputStream body = new ByteArrayOutputStream();

    RequestAssembler(long connection) {
        this.connection = connection;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            refuse(context, part.decoderResult().cause() instanceof TooLongHttpHeaderException);
            return;
        }
        if (part instanceof HttpRequest request) {
            begin(context, request);
        }
        if (part instanceof HttpContent content) {
            body.writeBytes(ByteBufUtil.getBytes(content.content()));
        }
        if (part instanceof LastHttpContent && head != null) {
            complete(context, head);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        head = request;
        body = new ByteArrayOutputStream();
        if (HttpUtil.is100ContinueExpected(request)) {
            ChannelFuture unused = send(context, "HTTP/1.1 100 Continue\r\n\r\n");
        }
    }

    private void complete(ChannelHandlerContext context, HttpRequest request) {
        head = null;
        requests++;
        List<RecordedRequest.HeaderField> headers = request.headers().entries().stream()
            .map(field -> new RecordedRequest.HeaderField(field.getKey(), field.getValue()))
            .toList();
        RecordedRequest.Line line = new RecordedRequest.Line(
            request.method().name(), request.uri(), request.protocolVersion().text());
        boolean keepAlive = request.protocolVersion().equals(HttpVersion.HTTP_1_1) && HttpUtil.isKeepAlive(request);
        var unused = context.fireChannelRead(new IncomingRequest(
            new RecordedRequest(line, headers, body.toString(StandardCharsets.UTF_8),
                new RecordedRequest.RequestOrigin(connection, requests)),
            body.toByteArray(), keepAlive));
    }

    private static void refuse(ChannelHandlerContext context, boolean tooLong) {
        String status = tooLong ? "431 Request Header Fields Too Large" : "400 Bad Request";
        ChannelFuture unused = send(context, "HTTP/1.1 " + status
            + "\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n" + status)
            .addListener(ChannelFutureListener.CLOSE);
    }

    private static ChannelFuture send(ChannelHandlerContext context, String text) {
        return context.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }
}
