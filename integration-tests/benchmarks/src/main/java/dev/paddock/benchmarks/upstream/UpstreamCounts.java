package dev.paddock.benchmarks.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the upstream has seen since it started.
 *
 * @param connections that it accepted, those that asked for the counts included
 * @param requests that it answered, without those for the counts
 * @param cpuNanos processor time of its process, in nanoseconds
 */
public record UpstreamCounts(long connections, long requests, long cpuNanos) {

    private static final Pattern JSON =
            Pattern.compile(".*\"connections\":(\\d+),\"requests\":(\\d+),\"cpu_nanoseconds\":(\\d+)\\}");

    /** Asks on a connection of its own, which the upstream counts too. */
    public static UpstreamCounts ask(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /counts HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            Matcher counts = JSON.matcher(answer.lines().reduce("", (head, line) -> line));
            if (!counts.matches()) {
                throw new IOException("the upstream did not tell its counts");
            }
            return new UpstreamCounts(Long.parseLong(counts.group(1)), Long.parseLong(counts.group(2)),
                    Long.parseLong(counts.group(3)));
        }
    }
}
