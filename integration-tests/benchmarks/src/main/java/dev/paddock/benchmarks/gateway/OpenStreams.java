package dev.paddock.benchmarks.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What streams that are under way take of the heap of the gateway. */
final class OpenStreams implements AutoCloseable {

    /** How many are to be under way at once. */
    static final int COUNT = 1_000;

    private static final int SECONDS = 30;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(SECONDS).toNanos();
    private static final double ENOUGH = 0.95; // some are between their end and the next request
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LoadTarget front;
    private final LiveHeap heap;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Creates a measurement of a gateway whose pool has room for all of them. */
    OpenStreams(LoadTarget front) {
        this.front = front;
        this.heap = new LiveHeap(front);
    }

    /** Returns the bytes of the heap that are in use for each stream. */
    long heapOfEach(LoadGenerator generator) throws IOException, InterruptedException {
        LoadResult unused = generator.run(front, GatewayLoad.PACED, 1, 1); // loads what a first request loads
        long before = heap.bytes();
        CompletableFuture<LoadResult> load = CompletableFuture.supplyAsync(() -> underWay(generator));
        long streams = awaitStreams();
        long during = heap.bytes();
        if (load.join().requests() == 0) {
            throw new IOException("no stream came to its end");
        }
        return (during - before) / streams;
    }

    private LoadResult underWay(LoadGenerator generator) {
        try {
            return generator.run(front, GatewayLoad.PACED, COUNT, SECONDS);
        } catch (IOException failed) {
            throw new CompletionException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CompletionException(interrupted);
        }
    }

    private long awaitStreams() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long streams = leased();
        while (streams < COUNT * ENOUGH) {
            if (System.nanoTime() > deadline) {
                throw new IOException("only " + streams + " streams were under way");
            }
            Thread.sleep(Duration.ofMillis(200));
            streams = leased();
        }
        return streams;
    }

    private long leased() throws IOException, InterruptedException {
        URI metrics = URI.create("http://127.0.0.1:" + front.port() + "/api/connection-pool/metrics");
        String body = client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
        return JSON.readTree(body)
                .at("/connection_pool/backends/0/leased")
                .asLong();
    }

    @Override
    public void close() {
        client.close();
    }
}
