package dev.paddock.wholesystem.sprint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.testsupport.RawClient;
import dev.paddock.wholesystem.JavaProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls a server by a name that has two addresses, of which the first does not answer: each with a connection of its own, and with one that is
 * kept. A client without care tries one address after the other, each for two seconds, as Windows does with {@code localhost}. Needs Linux.
 */
final class TwoAddresses {

    private static final String NAME = "two-addresses.internal";
    private static final String DEAD = "127.0.0.2";
    private static final int CALLS = 5;
    private static final int CARELESS_MILLIS = 2000;
    private static final int CONNECTS = 8; // more than a queue of length one takes

    private TwoAddresses() {}

    /** Returns lines of a table with the calls of each kind of client. */
    static List<String> measure(Path directory) throws IOException {
        List<SocketChannel> waiting = new ArrayList<>();
        try (OllamaSimulator server = OllamaSimulator.start();
                ServerSocket dead = new ServerSocket(server.port(), 1, InetAddress.getByName(DEAD))) {
            for (int connect = 0; connect < CONNECTS; connect++) {
                SocketChannel channel = SocketChannel.open();
                waiting.add(channel);
                channel.configureBlocking(false);
                boolean unused = channel.connect(dead.getLocalSocketAddress());
            }
            Path hosts = Files.writeString(directory.resolve("hosts"), DEAD + " " + NAME + "\n127.0.0.1 " + NAME + "\n");
            List<String> lines = new ArrayList<>();
            try (JavaProcess process = JavaProcess.start(
                    List.of("-Djdk.net.hosts.file=" + hosts), CallingMain.class, List.of(String.valueOf(server.port())))) {
                for (@Nullable String line = process.receive(); line != null && !line.isEmpty(); line = process.receive()) {
                    lines.add(line);
                }
            }
            return lines;
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    /** The main class of the process that calls, because the addresses of a name are those of a process. */
    static final class CallingMain {

        private CallingMain() {}

        /** Takes the port. */
        public static void main(String... arguments) throws IOException {
            int port = Integer.parseInt(arguments[0]);
            PrintStream out = new PrintStream(System.out, true, UTF_8);
            out.println(row("no pool, one address after the other", careless(port, false)));
            out.println(row("the same, connection kept", careless(port, true)));
            out.println(row("Paddock, unpooled", ours(port, "1ms")));
            out.println(row("Paddock", ours(port, "1m")));
            out.println();
        }

        private static String row(String name, double... millis) {
            double later = 0;
            for (int call = 1; call < millis.length; call++) {
                later += millis[call] / (millis.length - 1);
            }
            return String.format(Locale.ROOT, "| %s | %.0f ms | %.0f ms |", name, millis[0], later);
        }

        private static double[] careless(int port, boolean keeps) throws IOException {
            double[] millis = new double[CALLS];
            RawClient client = null;
            for (int call = 0; call < CALLS; call++) {
                long start = System.nanoTime();
                client = client == null ? new RawClient(connect(port)) : client;
                var unused = client.get("/api/version").response();
                millis[call] = (System.nanoTime() - start) / 1e6;
                if (!keeps) {
                    client.close();
                    client = null;
                }
            }
            if (client != null) {
                client.close();
            }
            return millis;
        }

        private static Socket connect(int port) throws IOException {
            IOException last = new IOException("no address");
            for (InetAddress address : InetAddress.getAllByName(NAME)) {
                Socket socket = new Socket();
                try {
                    socket.connect(new InetSocketAddress(address, port), CARELESS_MILLIS);
                    return socket;
                } catch (IOException failed) {
                    socket.close();
                    last = failed;
                }
            }
            throw last;
        }

        private static double[] ours(int port, String lifetime) {
            double[] millis = new double[CALLS];
            try (Paddock paddock = Paddock.start(ConfigurationLoader.ofDefaults().withOverrides("the sprint", Map.of(
                    "paddock.base-url", "http://" + NAME + ":" + port,
                    "paddock.pool.idle-lifetime", lifetime,
                    "paddock.pool.total-lifetime", lifetime)))) {
                for (int call = 0; call < CALLS; call++) {
                    long start = System.nanoTime();
                    var unused = paddock.llm().chat(ChatRequest.of("llama3.2", "Why is the sky blue?"));
                    millis[call] = (System.nanoTime() - start) / 1e6;
                }
            }
            return millis;
        }
    }
}
