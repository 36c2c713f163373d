package dev.paddock.adapters.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Java's sockets. */
final class NioSockets implements SocketKind {

    @Override
    public IoHandlerFactory handlers() {
        return NioIoHandler.newFactory();
    }

    @Override
    public boolean fits(IoEventLoop loop) {
        return loop.isIoType(NioIoHandler.class);
    }

    @Override
    public ClientSocket open() throws IOException {
        SocketChannel socket = SocketChannel.open();
        try {
            return new NioSocket(new NioSocketChannel(socket), socket);
        } catch (ChannelException failure) {
            socket.close();
            throw new IOException(failure);
        }
    }

    private record NioSocket(Channel channel, SocketChannel socket) implements ClientSocket {

        @Override
        public ReadBuffers reads() {
            return ReadBuffers.arrays();
        }

        @Override
        public boolean isReadable() throws IOException {
            return socket.read(ByteBuffer.allocate(1)) != 0;
        }
    }
}
