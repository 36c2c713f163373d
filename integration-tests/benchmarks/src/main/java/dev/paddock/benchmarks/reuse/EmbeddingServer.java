package dev.paddock.benchmarks.reuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A model server that needs a fixed time for a request and a fixed time for each of its texts, for a number of requests side by side. */
final class EmbeddingServer implements AutoCloseable {

    private static final int DIMENSIONS = 384;
    private static final String VECTOR = "[" + String.join(",", Collections.nCopies(DIMENSIONS, "-0.0123456")) + "]";
    private static final String TEXT_MARK = "text ";

    private final HttpServer server;
    private final Duration perRequest;
    private final Duration perText;
    private final Semaphore workers;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong texts = new AtomicLong();

    private EmbeddingServer(HttpServer server, Duration perRequest, Duration perText, int workers) {
        this.server = server;
        this.perRequest = perRequest;
        this.perText = perText;
        this.workers = new Semaphore(workers, true);
    }

    static EmbeddingServer start(Duration perRequest, Duration perText, int workers) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        EmbeddingServer server = new EmbeddingServer(http, perRequest, perText, workers);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/api/embed", server::embed);
        http.start();
        return server;
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    long requests() {
        return requests.get();
    }

    long texts() {
        return texts.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void embed(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        int count = body.split(TEXT_MARK, -1).length - 1;
        workers.acquireUninterruptibly();
        try {
            await(perRequest.plus(perText.multipliedBy(count)));
        } finally {
            workers.release();
        }
        requests.incrementAndGet();
        texts.addAndGet(count);
        byte[] answer = ("{\"model\":\"m\",\"embeddings\":[" + String.join(",", Collections.nCopies(count, VECTOR))
                        + "],\"total_duration\":1,\"load_duration\":0,\"prompt_eval_count\":" + 10 * count + "}")
                .getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        try (exchange) {
            exchange.getResponseBody().write(answer);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void await(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
