package dev.paddock.adapters.http.netty;

import io.netty.channel.ChannelException;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of Netty's native library for Linux, epoll, which an application adds to its class path. Nothing of it is loaded before a
 * method of this class is called.
 */
final class EpollSockets implements SocketKind {

    private static final String JARS = "netty-transport-classes-epoll and netty-transport-native-epoll (linux-x86_64 or linux-aarch_64)";

    /** Written by every connection, and read by none. */
    private static final ByteBuffer ONE_BYTE = ByteBuffer.allocateDirect(1);

    /** Returns why the library cannot be used, or null if it can. The text can follow the name of a setting, and says what to do. */
    static @Nullable String problem() {
        try {
            Throwable cause = Epoll.unavailabilityCause();
            return cause == null ? null : "is true, but Netty's epoll cannot be loaded here (" + cause + "); it needs Linux and " + jars();
        } catch (NoClassDefFoundError absent) {
            return "is true, but Netty's epoll is not on the class path: add " + jars() + ", or set it to false";
        }
    }

    private static String jars() {
        var transport = Version.identify(EpollSockets.class.getClassLoader()).get("netty-transport");
        return transport == null ? JARS : JARS + " of version " + transport.artifactVersion();
    }

    @Override
    public IoHandlerFactory handlers() {
        return EpollIoHandler.newFactory();
    }

    @Override
    public boolean fits(IoEventLoop loop) {
        return loop.isIoType(EpollIoHandler.class);
    }

    @Override
    public ClientSocket open() throws IOException {
        try {
            return new EpollSocket(new EpollSocketChannel());
        } catch (ChannelException failure) {
            throw failure.getCause() instanceof IOException cause ? cause : new IOException(failure);
        }
    }

    private record EpollSocket(EpollSocketChannel channel) implements ClientSocket {

        @Override
        public ReadBuffers reads() {
            return ReadBuffers.direct();
        }

        @Override
        public boolean isReadable() throws IOException {
            return channel.fd().read(ONE_BYTE, 0, 1) != 0;
        }
    }
}
