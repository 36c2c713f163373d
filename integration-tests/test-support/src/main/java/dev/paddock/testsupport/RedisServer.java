package dev.paddock.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@code redis-server} of its own on a free port of this machine, which can be stopped, killed and started again. */
public final class RedisServer implements AutoCloseable {

    /** What a test says when it is skipped because there is no {@code redis-server}. */
    public static final String ABSENT = "redis-server is not installed (apt-get install redis-server), so nothing is shared here";

    private static final int ATTEMPTS = 5;

    private final int port;
    private final List<String> command;
    private final Path directory;
    private Process process;

    private RedisServer(int port, List<String> options) throws IOException {
        this.port = port;
        this.directory = Files.createTempDirectory("redis");
        this.command = new ArrayList<>(List.of(
                "redis-server", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory.toString()));
        command.addAll(List.of("--port", options.contains("--tls-port") ? "0" : String.valueOf(port)));
        options.forEach(option -> command.add(option.replace("{port}", String.valueOf(port))));
        this.process = launch();
    }

    /** Returns whether this machine has a {@code redis-server}. */
    public static boolean isInstalled() {
        try {
            return new ProcessBuilder("redis-server", "--version").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Starts a server that stores nothing on disk.
     *
     * @param options more of its options, such as {@code --maxmemory 2mb}; <code>{port}</code> in them is its port
     */
    public static RedisServer start(String... options) {
        for (int attempt = 1; ; attempt++) {
            try {
                RedisServer server = new RedisServer(freePort(), List.of(options));
                if (server.awaitPort()) {
                    return server;
                }
                server.close(); // another process was quicker to take the port
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            if (attempt == ATTEMPTS) {
                throw new AssertionError("redis-server does not start");
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private boolean awaitPort() {
        Eventually.await("redis-server listens or ends", () -> !process.isAlive() || isListening());
        return process.isAlive();
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Returns its port. */
    public int port() {
        return port;
    }

    /** Returns its address, for example {@code redis://127.0.0.1:40001}. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Lets it hang (SIGSTOP): it accepts connections and does not answer. */
    public void hang() {
        signal("STOP");
    }

    /** Lets it go on after {@link #hang()}. */
    public void goOn() {
        signal("CONT");
    }

    /** Ends it at once (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
        try {
            boolean unused = process.waitFor(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again after {@link #kill()}, with the same options and empty. */
    public void restart() {
        try {
            process = launch();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        awaitPort();
    }

    private void signal(String name) {
        try {
            int unused = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a command, and returns its reply as text; the elements of an array are lines. */
    public String run(String... words) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
            for (String word : words) {
                request.append('$').append(word.getBytes(UTF_8).length).append("\r\n").append(word).append("\r\n");
            }
            socket.getOutputStream().write(request.toString().getBytes(UTF_8));
            return reply(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String reply(InputStream input) throws IOException {
        String head = line(input);
        String rest = head.substring(1);
        return switch (head.charAt(0)) {
            case '$' -> {
                int length = Integer.parseInt(rest);
                String text = length < 0 ? "" : new String(input.readNBytes(length), UTF_8);
                if (length >= 0) {
                    input.skipNBytes(2);
                }
                yield text;
            }
            case '*' -> {
                List<String> elements = new ArrayList<>();
                for (int count = Integer.parseInt(rest); count > 0; count--) {
                    elements.add(reply(input));
                }
                yield String.join("\n", elements);
            }
            default -> rest;
        };
    }

    private static String line(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int value = input.read(); value != '\r'; value = input.read()) {
            if (value < 0) {
                throw new IOException("redis-server ended the connection");
            }
            line.append((char) value);
        }
        input.skipNBytes(1);
        return line.toString();
    }

    @Override
    public void close() {
        goOn();
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted((one, other) -> other.compareTo(one)).forEach(RedisServer::delete);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
