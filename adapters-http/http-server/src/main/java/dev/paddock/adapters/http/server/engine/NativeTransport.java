package dev.paddock.adapters.http.server.engine;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.Version;
import org.jspecify.annotations.Nullable;

/**
 * Netty's native library for Linux, epoll, which an application adds to its class path. Nothing of it is loaded before a method of this
 * class is called.
 */
public final class NativeTransport {

    private static final String JARS = "netty-transport-classes-epoll and netty-transport-native-epoll (linux-x86_64 or linux-aarch_64)";

    private NativeTransport() {}

    /** Returns why a server cannot use the library, or null if it can. The text can follow the name of a setting, and says what to do. */
    public static @Nullable String problem() {
        try {
            Throwable cause = Epoll.unavailabilityCause();
            return cause == null ? null : "is true, but Netty's epoll cannot be loaded here (" + cause + "); it needs Linux and " + jars();
        } catch (NoClassDefFoundError absent) {
            return "is true, but Netty's epoll is not on the class path: add " + jars() + ", or set it to false";
        }
    }

    private static String jars() {
        var transport = Version.identify(NativeTransport.class.getClassLoader()).get("netty-transport");
        return transport == null ? JARS : JARS + " of version " + transport.artifactVersion();
    }

    /**
     * Returns the sockets of the library.
     *
     * @throws IllegalStateException if it cannot be used
     */
    static ServerSockets sockets() {
        String problem = problem();
        if (problem != null) {
            throw new IllegalStateException("The setting of a native transport " + problem);
        }
        return new ServerSockets(
                EpollIoHandler.newFactory(),
                EpollServerSocketChannel.class,
                EpollChannelOption.TCP_KEEPIDLE,
                EpollChannelOption.TCP_KEEPINTVL,
                EpollChannelOption.TCP_KEEPCNT);
    }
}
