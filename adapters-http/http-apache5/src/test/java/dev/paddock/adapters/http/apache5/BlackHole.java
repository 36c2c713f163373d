package dev.paddock.adapters.http.apache5;

import dev.paddock.domain.exchange.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A place on the loopback interface where connecting hangs: a listening socket whose backlog is full. */
final class BlackHole implements AutoCloseable {

    private static final int MOST_FILLERS = 20;

    private final ServerSocket listening;
    private final List<Socket> fillers = new ArrayList<>();

    BlackHole() throws IOException {
        this(InetAddress.getLoopbackAddress());
    }

    BlackHole(InetAddress address) throws IOException {
        listening = new ServerSocket(0, 1, address);
        while (fills()) {
            if (fillers.size() > MOST_FILLERS) {
                throw new IllegalStateException("this system's backlog never fills");
            }
        }
    }

    private boolean fills() throws IOException {
        Socket filler = new Socket();
        fillers.add(filler);
        try {
            filler.connect(listening.getLocalSocketAddress(), 200);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }

    Endpoint endpoint() {
        InetSocketAddress address = (InetSocketAddress) listening.getLocalSocketAddress();
        return new Endpoint(false, address.getAddress().getHostAddress(), address.getPort());
    }

    @Override
    public void close() throws IOException {
        for (Socket filler : fillers) {
            filler.close();
        }
        listening.close();
    }
}
