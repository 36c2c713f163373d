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

/** The heap of the gateway that streams in progress use. */
final class OpenStreams implements AutoCloseable {

    private static final Duration MAX_WAIT = Duration.ofMinutes(2);
    private static final int WARM_UP_CONNECTIONS = 64;
    private static final int WARM_UP_SECONDS = 10;
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

    /** Returns the bytes of heap per stream, with streams that are opened one after the other after a time of other load. */
    long heapOfEach(LoadGenerator generator) throws IOException, InterruptedException {
        LoadResult unused = generator.run(front, GatewayLoad.MODEL, WARM_UP_CONNECTIONS, WARM_UP_SECONDS);
        awaitLeased(0);
        long before = heap.bytes();
        try (StreamHolders holders = StreamHolders.start(front, count, GatewayLoad.SLOW)) {
            awaitLeased(count);
            long during = heap.bytes();
            if (holders.ended() > 0) {
                throw new IOException(holders.ended() + " streams have ended");
            }
            return (during - before) / count;
        }
    }

    private void awaitLeased(int wanted) throws IOException, InterruptedException {
        if (!Polling.await(MAX_WAIT, () -> leased() == wanted)) {
            throw new IOException(leased() + " streams are in progress, not " + wanted);
        }
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
