package dev.paddock.benchmarks.reuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A model server that needs a fixed time for a request and a fixed time for each of its texts, for a number of requests side by side. */
public final class EmbeddingServer implements AutoCloseable {

    private static final int DIMENSIONS = 384;
    private static final int DIFFERENT = 512;
    private static final byte[] TAGS = "{\"models\":[{\"name\":\"m:latest\",\"digest\":\"d1\",\"size\":1}]}".getBytes(UTF_8);
    private static final List<String> VECTORS = vectors(new Random(17)); // different ones, as an index of vectors expects
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

    /** Starts it on a free port. */
    public static EmbeddingServer start(Duration perRequest, Duration perText, int workers) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        EmbeddingServer server = new EmbeddingServer(http, perRequest, perText, workers);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/api/embed", server::embed);
        http.createContext("/api/tags", exchange -> answer(exchange, TAGS));
        http.start();
        return server;
    }

    /** Returns its base URL. */
    public String baseUrl() {
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
        int count = Math.max(1, body.split(TEXT_MARK, -1).length - 1); // what asks for the model is one text without the mark
        workers.acquireUninterruptibly();
        try {
            await(perRequest.plus(perText.multipliedBy(count)));
        } finally {
            workers.release();
        }
        requests.incrementAndGet();
        texts.addAndGet(count);
        byte[] answer = ("{\"model\":\"m\",\"embeddings\":[" + vectors(count)
                        + "],\"total_duration\":1,\"load_duration\":0,\"prompt_eval_count\":" + 10 * count + "}")
                .getBytes(UTF_8);
        answer(exchange, answer);
    }

    private static void answer(HttpExchange exchange, byte[] answer) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        try (exchange) {
            exchange.getResponseBody().write(answer);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private String vectors(int count) {
        int first = (int) (texts.get() % VECTORS.size());
        return IntStream.range(0, count).mapToObj(index -> VECTORS.get((first + index) % VECTORS.size())).collect(Collectors.joining(","));
    }

    private static List<String> vectors(Random random) {
        return IntStream.range(0, DIFFERENT)
                .mapToObj(vector -> random.doubles(DIMENSIONS, -1, 1)
                        .mapToObj(value -> String.format(Locale.ROOT, "%.7f", value))
                        .collect(Collectors.joining(",", "[", "]")))
                .toList();
    }

    private static void await(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
