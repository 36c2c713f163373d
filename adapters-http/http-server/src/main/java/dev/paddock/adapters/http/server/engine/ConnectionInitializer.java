package dev.paddock.adapters.http.server.engine;

import dev.paddock.adapters.http.server.decoding.StrictRequestDecoder;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Makes a connection ready for requests. */
final class ConnectionInitializer extends ChannelInitializer<SocketChannel> {

    private final HttpServerState state;
    private final @Nullable TlsContext tls;

    ConnectionInitializer(HttpServerState state, @Nullable TlsContext tls) {
        this.state = state;
        this.tls = tls;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        InetSocketAddress client = channel.remoteAddress();
        if (client == null || state.isFull() || state.isDraining()) {
            ChannelFuture unused = channel.close();
            return;
        }
        StrictRequestDecoder decoder = new StrictRequestDecoder(state.limits(), client.getAddress().getHostAddress());
        Connection connection = new Connection(state, decoder, channel);
        state.add(connection);
        if (tls != null) {
            var unused = channel.pipeline().addLast(tls.handler(channel));
        }
        var unused = channel.pipeline().addLast(new ResponseEncoder(), decoder, connection);
    }
}
