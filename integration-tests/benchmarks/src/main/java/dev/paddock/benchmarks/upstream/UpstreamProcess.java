package dev.paddock.benchmarks.upstream;

import dev.paddock.wholesystem.JavaProcess;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The upstream as a process of its own, which ends with this one at the latest. */
public final class UpstreamProcess implements AutoCloseable {

    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx256m", "-Xshare:auto");
    private static final Pattern PORTS = Pattern.compile("port=(\\d+) closing-port=(\\d+)");

    private final JavaProcess process;
    private final UpstreamAddress address;

    private UpstreamProcess(JavaProcess process, UpstreamAddress address) {
        this.process = process;
        this.address = address;
    }

    /** Starts the upstream and waits until it listens. */
    public static UpstreamProcess start() throws IOException {
        JavaProcess process = JavaProcess.start(OPTIONS, Upstream.class, List.of());
        return new UpstreamProcess(process, parse(process.receive()));
    }

    /** Returns its ports. */
    public UpstreamAddress address() {
        return address;
    }

    /** Returns the handle of the process. */
    public ProcessHandle process() {
        return process.handle();
    }

    @Override
    public void close() {
        process.close();
    }

    private static UpstreamAddress parse(@Nullable String line) throws IOException {
        Matcher ports = PORTS.matcher(line == null ? "" : line);
        if (!ports.matches()) {
            throw new IOException("the upstream did not start: " + line);
        }
        return new UpstreamAddress(Integer.parseInt(ports.group(1)), Integer.parseInt(ports.group(2)));
    }

    /**
     * The ports of the upstream, and the arguments that pass them to a measured JVM.
     *
     * @param port the port on which connections stay open
     * @param closingPort the port on which each answer is the last one of its connection
     */
    public record UpstreamAddress(int port, int closingPort) {

        private static final String PORT = "benchmark.upstream.port";
        private static final String CLOSING_PORT = "benchmark.upstream.closing-port";

        /** Returns the ports in the arguments of this JVM. */
        public static UpstreamAddress ofProcess() {
            return new UpstreamAddress(Integer.getInteger(PORT, 0), Integer.getInteger(CLOSING_PORT, 0));
        }

        /** Returns the arguments for a JVM. */
        public List<String> arguments() {
            return List.of("-D" + PORT + "=" + port, "-D" + CLOSING_PORT + "=" + closingPort);
        }
    }
}
