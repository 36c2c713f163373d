package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that send ordinary requests, one after another, until they are closed, while other clients attack the gateway. */
final class GoodClients implements AutoCloseable {

    private static final int CLIENTS = 4;

    private final int port;
    private final String body;
    private final String[] headers;
    private final List<Future<Void>> running = new ArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean stopped;

    private GoodClients(int port, String body, String... headers) {
        this.port = port;
        this.body = body;
        this.headers = headers;
    }

    /** Starts clients whose requests have the given body. */
    static GoodClients start(int port, String body, String... headers) {
        GoodClients clients = new GoodClients(port, body, headers);
        for (int number = 0; number < CLIENTS; number++) {
            clients.running.add(Parallel.start(clients::run));
        }
        return clients;
    }

    /** Returns after so many further requests. */
    void awaitMore(int requests) {
        int enough = sent.get() + requests;
        Eventually.await("further requests", () -> sent.get() >= enough);
    }

    /** Ends the clients and asserts that at least 99 of 100 requests had a complete answer. */
    void assertServed() {
        stopped = true;
        running.forEach(Parallel::resultOf);
        assertThat(answered.get()).as("of %d requests", sent.get()).isGreaterThanOrEqualTo((int) Math.ceil(0.99 * sent.get()));
    }

    @Override
    public void close() {
        stopped = true;
    }

    private Void run() {
        while (!stopped) {
            try (RawClient client = new RawClient(port)) {
                RawClient.Response response = client.request("POST", "/api/chat", body, headers).responseTo("POST");
                answered.addAndGet(response.status() == 200 && response.whole() ? 1 : 0);
            } catch (IOException lost) {
                // Counts as not answered.
            }
            sent.incrementAndGet();
        }
        return null;
    }
}
