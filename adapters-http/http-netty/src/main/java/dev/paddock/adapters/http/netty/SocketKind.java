package dev.paddock.adapters.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import java.io.IOException;

/** A kind of event loops, and the sockets that live on them. Stateless. */
sealed interface SocketKind permits NioSockets, EpollSockets {

    /** Returns what event loops of this kind wait with. */
    IoHandlerFactory handlers();

    /** Returns whether sockets of this kind can live on an event loop. */
    boolean fits(IoEventLoop loop);

    /**
     * Opens a socket, which is not connected and on no event loop yet.
     *
     * @throws IOException if the system has none left
     */
    ClientSocket open() throws IOException;

    /** A socket with its channel. */
    interface ClientSocket {

        /** Returns the channel. */
        Channel channel();

        /** Returns the buffers that it is read into. */
        ReadBuffers reads();

        /**
         * Returns whether a read does not have to wait: a byte has arrived, which is taken, or the end. For the event loop.
         *
         * @throws IOException if the connection is broken
         */
        boolean isReadable() throws IOException;
    }
}
