package dev.paddock.testsupport.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection of a client and the one to the server that belongs to it. */
final class ForwardedConnection {

    private static final int BUFFER = 64 * 1024;

    private final TcpConnection client;
    private final Toxics toxics;
    private final Consumer<ForwardedConnection> closed;
    private final AtomicInteger openDirections = new AtomicInteger(2);
    private volatile @Nullable TcpConnection server;

    ForwardedConnection(TcpConnection client, Toxics toxics, Consumer<ForwardedConnection> closed) {
        this.client = client;
        this.toxics = toxics;
        this.closed = closed;
    }

    /** Connects to the server, and forwards until this direction ends; the other one has a thread of its own. */
    void forward(InetSocketAddress target) {
        try {
            TcpConnection opened = TcpConnection.over(new Socket(target.getAddress(), target.getPort()));
            server = opened;
            Thread.ofVirtual().name("toxic-proxy-to-client").start(() -> pump(opened, client, toxics.toClient()));
            pump(client, opened, toxics.toServer());
        } catch (IOException unreachable) {
            reset();
        }
    }

    void reset() {
        client.reset();
        TcpConnection opened = server;
        if (opened != null) {
            opened.reset();
        }
        closed.accept(this);
    }

    private void pump(TcpConnection from, TcpConnection to, Toxic toxic) {
        try {
            InputStream input = from.input();
            OutputStream output = to.output(toxic);
            byte[] buffer = new byte[BUFFER];
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                output.write(buffer, 0, count);
            }
            output.close();
            end(from, to);
        } catch (IOException broken) {
            reset();
        }
    }

    private void end(TcpConnection from, TcpConnection to) {
        if (openDirections.decrementAndGet() == 0) {
            from.close();
            to.close();
            closed.accept(this);
        }
    }
}
