package dev.paddock.benchmarks.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The upstream as a process of its own, with the class path of this one. It ends with this one at the latest. */
public final class UpstreamProcess implements AutoCloseable {

    private static final Pattern PORTS = Pattern.compile("port=(\\d+) closing-port=(\\d+)");

    private final Process process;
    private final UpstreamAddress address;

    private UpstreamProcess(Process process, UpstreamAddress address) {
        this.process = process;
        this.address = address;
    }

    /** Starts it and waits until it listens. */
    public static UpstreamProcess start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC", "-Xms64m", "-Xmx256m", "-Xshare:auto",
                        "-cp", System.getProperty("java.class.path"), Upstream.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new UpstreamProcess(process, addressFrom(process.inputReader(StandardCharsets.UTF_8)));
    }

    /** Where it listens. */
    public UpstreamAddress address() {
        return address;
    }

    /** What it runs as. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            throw new UncheckedIOException("the upstream has gone before it was told to", gone);
        }
    }

    private static UpstreamAddress addressFrom(BufferedReader output) throws IOException {
        String line = output.readLine();
        Matcher ports = PORTS.matcher(line == null ? "" : line);
        if (!ports.matches()) {
            throw new IOException("the upstream did not start: " + line);
        }
        return new UpstreamAddress(Integer.parseInt(ports.group(1)), Integer.parseInt(ports.group(2)));
    }
}
