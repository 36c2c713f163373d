package dev.paddock.bootstrap.gateway;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks the model server for its root page when a gateway starts, so that a wrong address is in the log before the first client calls. Any
 * answer will do. Thread-safe.
 */
final class BackendProbe implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Paddock client;
    private final boolean untilAnswer;
    private final CountDownLatch closed = new CountDownLatch(1);

    private BackendProbe(Paddock client, boolean untilAnswer) {
        this.client = client;
        this.untilAnswer = untilAnswer;
    }

    /**
     * Starts to ask, in a thread of its own.
     *
     * @param untilAnswer whether to ask again until there is an answer
     */
    static BackendProbe start(Paddock client, boolean untilAnswer) {
        BackendProbe probe = new BackendProbe(client, untilAnswer);
        Thread.ofVirtual().name("paddock-backend-probe").start(probe::run);
        return probe;
    }

    private void run() {
        ask();
        try {
            while (untilAnswer
                    && !client.circuitBreakers().hasAnswer()
                    && !closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                // Further calls to a server that is not there would open its circuit, and its first answer would come late.
                if (isListening()) {
                    ask();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        try (Exchange answer = client.exchange()
                .open(ExchangeRequest.get(Operation.VERSION, "/"), CallContext.within(LIMIT, System::nanoTime))) {
            answer.head();
        } catch (LlmException failure) {
            // The circuit breakers log why the server cannot be reached.
        }
    }

    private boolean isListening() {
        return PaddockGateway.servers(client).stream().map(BaseUrl::endpoint).anyMatch(BackendProbe::isListening);
    }

    private static boolean isListening(Endpoint endpoint) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), (int) INTERVAL.toMillis());
            return true;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Asks no more. */
    @Override
    public void close() {
        closed.countDown();
    }
}
