package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.gateway.LoadGenerator.GatewayLoad;
import dev.paddock.benchmarks.gateway.LoadTargets.LoadTarget;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Calls all targets in turn over one connection each, so that disturbances of the machine affect all of them. */
final class FirstByteProbe {

    private FirstByteProbe() {}

    /** Returns how long the first byte of the body took, in nanoseconds, in the order of the fronts. */
    static List<Histogram> measure(List<LoadTarget> fronts, GatewayLoad load, int rounds) throws IOException {
        List<Histogram> times = new ArrayList<>();
        List<ProbeConnection> targets = new ArrayList<>();
        try {
            for (LoadTarget front : fronts) {
                times.add(new Histogram(3));
                targets.add(new ProbeConnection(front, load));
            }
            for (int round = -rounds; round < rounds; round++) { // as many for warming up
                for (int at = 0; at < fronts.size(); at++) {
                    long nanos = targets.get(at).ask();
                    if (round >= 0) {
                        times.get(at).recordValue(nanos);
                    }
                }
            }
            return times;
        } finally {
            for (ProbeConnection target : targets) {
                target.close();
            }
        }
    }

    /** One connection that repeats a request and measures the time to the first byte of the body. */
    static final class ProbeConnection implements AutoCloseable {

        private static final int MAX_SILENCE_MILLIS = 20_000;

        private final Socket socket;
        private final InputStream input;
        private final OutputStream output;
        private final byte[] request;
        private final byte[] buffer = new byte[256 * 1024];

        ProbeConnection(LoadTarget front, GatewayLoad load) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), front.port());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(MAX_SILENCE_MILLIS);
            input = socket.getInputStream();
            output = socket.getOutputStream();
            request = front.request(load);
        }

        /** Asks once; returns how long the first byte of the body took, in nanoseconds. */
        long ask() throws IOException {
            long begun = System.nanoTime();
            output.write(request);
            int filled = 0;
            int body = -1;
            while (body < 0 || filled == body) {
                filled += more(filled);
                body = body < 0 ? endOfHead(filled) : body;
            }
            long firstByte = System.nanoTime() - begun;
            String head = new String(buffer, 0, body, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
            if (!head.startsWith("http/1.1 200 ")) {
                throw new IOException("was answered " + head.lines().findFirst().orElse(""));
            }
            while (!isWhole(head, body, filled)) {
                filled += more(filled);
            }
            return firstByte;
        }

        private int more(int filled) throws IOException {
            int count = input.read(buffer, filled, buffer.length - filled);
            if (count <= 0) {
                throw new EOFException("inside an answer");
            }
            return count;
        }

        private int endOfHead(int filled) {
            for (int at = 3; at < filled; at++) {
                if (buffer[at] == '\n' && buffer[at - 2] == '\n') {
                    return at + 1;
                }
            }
            return -1;
        }

        private boolean isWhole(String head, int body, int filled) {
            int announced = head.indexOf("content-length: ");
            if (announced >= 0) {
                int end = head.indexOf('\r', announced);
                return filled - body >= Integer.parseInt(head.substring(announced + "content-length: ".length(), end));
            }
            String lastBytes = new String(buffer, Math.max(body, filled - 5), Math.min(5, filled - body), StandardCharsets.US_ASCII);
            return lastBytes.equals("0\r\n\r\n");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
