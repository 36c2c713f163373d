package dev.paddock.benchmarks.upstream;

import java.util.List;

/**
 * Where the upstream listens, and how a JVM that was started to be measured is told.
 *
 * @param port where connections are kept open
 * @param closingPort where every answer is the last of its connection
 */
public record UpstreamAddress(int port, int closingPort) {

    private static final String PORT = "benchmark.upstream.port";
    private static final String CLOSING_PORT = "benchmark.upstream.closing-port";

    /** Reads what {@link #arguments} told this JVM. */
    public static UpstreamAddress ofProcess() {
        return new UpstreamAddress(Integer.getInteger(PORT, 0), Integer.getInteger(CLOSING_PORT, 0));
    }

    /** Returns the arguments that tell a JVM. */
    public List<String> arguments() {
        return List.of("-D" + PORT + "=" + port, "-D" + CLOSING_PORT + "=" + closingPort);
    }
}
