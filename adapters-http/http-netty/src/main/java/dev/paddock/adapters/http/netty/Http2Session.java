package dev.paddock.adapters.http.netty;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.pool.CloseReason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** HTTP/2 on one connection, below the streams of its calls. Confined to the event loop. */
final class Http2Session extends ChannelInboundHandlerAdapter {

    private static final int MAX_HEAD = 64 * 1024;

    /** Of all streams together, so that one that is not read does not stop the others. */
    private static final int CONNECTION_WINDOW = 16 * 1024 * 1024;

    private final NettyConnection connection;
    private @Nullable Http2Connection streams;
    private volatile boolean draining; // read by any thread

    Http2Session(NettyConnection connection) {
        this.connection = connection;
    }

    /** Puts HTTP/2 on top of TLS. */
    void install(ChannelPipeline pipeline) throws Http2Exception {
        Http2FrameCodec codec = Http2FrameCodecBuilder.forClient()
                .initialSettings(Http2Settings.defaultSettings().pushEnabled(false).maxHeaderListSize(MAX_HEAD))
                .headerSensitivityDetector((name, value) -> "authorization".contentEquals(name))
                .build();
        streams = codec.connection();
        var unused = pipeline.addLast(codec, new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()), this);
        DefaultHttp2LocalFlowController window = (DefaultHttp2LocalFlowController) streams.local().flowController();
        window.incrementWindowSize(streams.connectionStream(), CONNECTION_WINDOW);
        pipeline.channel().flush();
    }

    /** Returns whether the connection takes one more stream now. */
    boolean canOpenStream() {
        return !draining && connection.isActive() && requireNonNull(streams, "installed").local().canOpenStream();
    }

    /** Returns whether the server has announced that it takes no more streams. */
    boolean isDraining() {
        return draining;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        if (frame instanceof Http2GoAwayFrame) {
            draining = true;
            connection.withdraw();
        }
        ReferenceCountUtil.release(frame);
    }

    /** The streams are told by the codec. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connection.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        draining = true;
        if (connection.lifecycle().isIdle()) {
            connection.lifecycle().setCloseReason(CloseReason.STALE);
        }
        connection.close();
    }
}
