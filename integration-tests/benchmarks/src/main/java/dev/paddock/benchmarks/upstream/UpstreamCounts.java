package dev.paddock.benchmarks.upstream;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The counts of the upstream since its start.
 *
 * @param connections accepted connections, including those that request the counts
 * @param requests answered requests, without those for the counts
 * @param cpuNanos processor time of its process
 */
public record UpstreamCounts(long connections, long requests, long cpuNanos) {

    private static final Pattern JSON =
            Pattern.compile(".*\"connections\":(\\d+),\"requests\":(\\d+),\"cpu_nanoseconds\":(\\d+)\\}");

    /** Requests the counts on a connection of its own, which is counted too. */
    public static UpstreamCounts request(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /counts HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            Matcher counts = JSON.matcher(answer.lines().reduce("", (head, line) -> line));
            if (!counts.matches()) {
                throw new IOException("the upstream did not answer with its counts");
            }
            return new UpstreamCounts(Long.parseLong(counts.group(1)), Long.parseLong(counts.group(2)),
                    Long.parseLong(counts.group(3)));
        }
    }

    /** The counts of the server since its start. */
    static final class ServerCounters {

        private final AtomicLong connections = new AtomicLong();
        private final AtomicLong requests = new AtomicLong();

        void connectionAccepted() {
            connections.incrementAndGet();
        }

        void requestAnswered() {
            requests.incrementAndGet();
        }

        /** Returns the counts, with the connection of this request, without the request itself. */
        String json() {
            return "{\"connections\":" + connections + ",\"requests\":" + requests
                    + ",\"cpu_nanoseconds\":" + processor().getProcessCpuTime() + "}";
        }

        private static OperatingSystemMXBean processor() {
            return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        }
    }
}
