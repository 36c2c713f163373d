package dev.paddock.wholesystem;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A balancer that knows nothing about models: it hands each new connection to the next server that accepts it, as a team has before it
 * chooses servers by what they do.
 */
public final class RoundRobinBalancer implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;
    private static final int CONNECT_MILLIS = 1000;

    private final List<Integer> servers;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private RoundRobinBalancer(List<Integer> servers, ServerSocket listener) {
        this.servers = List.copyOf(servers);
        this.listener = listener;
    }

    /** Starts a balancer in front of the given ports of the loopback address. */
    public static RoundRobinBalancer start(List<Integer> servers) throws IOException {
        RoundRobinBalancer balancer =
                new RoundRobinBalancer(servers, new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()));
        Thread unused = Thread.ofVirtual().start(balancer::accept);
        return balancer;
    }

    /** Returns its port. */
    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        for (int next = 0; !listener.isClosed(); next++) {
            try {
                Socket client = listener.accept();
                int first = next;
                Thread unused = Thread.ofVirtual().start(() -> join(client, first));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void join(Socket client, int first) {
        sockets.add(client);
        for (int attempt = 0; attempt < servers.size(); attempt++) {
            Socket server = new Socket();
            sockets.add(server);
            try {
                server.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), servers.get((first + attempt) % servers.size())),
                        CONNECT_MILLIS);
                server.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                Thread unused = Thread.ofVirtual().start(() -> pump(client, server));
                pump(server, client);
                return;
            } catch (IOException refused) {
                end(server);
            }
        }
        end(client);
    }

    /** Copies until one side ends, and then ends both. */
    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                out.write(buffer, 0, length);
            }
        } catch (IOException broken) {
            // both sides learn it by their end
        } finally {
            end(from);
            end(to);
        }
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(this::end);
    }
}
