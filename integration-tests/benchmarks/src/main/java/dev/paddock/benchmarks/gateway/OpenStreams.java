package dev.paddock.benchmarks.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paddock.benchmarks.Polling;
import dev.paddock.benchmarks.gateway.LoadGenerator.GatewayLoad;
import dev.paddock.benchmarks.gateway.LoadGenerator.LoadResult;
import dev.paddock.benchmarks.gateway.LoadTargets.LoadTarget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The heap of the gateway that streams in progress use. */
final class OpenStreams implements AutoCloseable {

    private static final int SECONDS = 60;
    private static final Duration MAX_WAIT = Duration.ofSeconds(SECONDS);
    private static final double ENOUGH = 0.95; // some are between their end and the next request
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LoadTarget front;
    private final int count;
    private final LiveHeap heap;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Creates a measurement of a gateway whose pool has room for all streams.
     *
     * @param count the number of concurrent streams
     */
    OpenStreams(LoadTarget front, int count) {
        this.front = front;
        this.count = count;
        this.heap = new LiveHeap(front);
    }

    /** Returns the bytes of heap per stream. */
    long heapOfEach(LoadGenerator generator) throws IOException, InterruptedException {
        LoadResult unused = generator.run(front, GatewayLoad.START, 1, 1); // loads classes
        long before = heap.bytes();
        CompletableFuture<LoadResult> load = CompletableFuture.supplyAsync(() -> generate(generator));
        long streams = awaitStreams();
        long during = heap.bytes();
        if (load.join().requests() < count) {
            throw new IOException("not every stream ended");
        }
        return (during - before) / streams;
    }

    private LoadResult generate(LoadGenerator generator) {
        try {
            return generator.run(front, GatewayLoad.MODEL, count, SECONDS);
        } catch (IOException failed) {
            throw new CompletionException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CompletionException(interrupted);
        }
    }

    private long awaitStreams() throws IOException, InterruptedException {
        if (!Polling.await(MAX_WAIT, () -> leased() >= count * ENOUGH)) {
            throw new IOException("only " + leased() + " streams were in progress");
        }
        return leased();
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
