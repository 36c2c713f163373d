package dev.paddock.tck.server;

import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A server that speaks HTTP/2 over TLS, and answers {@value #ANSWER}: to {@code /slow} when it may, to {@code /large} with a body of
 * {@value #LARGE} bytes instead. Needs MockWebServer, which this kit does not bring along.
 */
public final class Http2Server implements AutoCloseable {

    /** The usual body. */
    public static final String ANSWER = "hi";

    /** The size of the large body. */
    public static final int LARGE = 1 << 20;

    private final BlockingQueue<RecordedRequest> seen = new LinkedBlockingQueue<>();
    private final CountDownLatch slowAnswer = new CountDownLatch(1);
    private final MockWebServer server = new MockWebServer();

    private Http2Server() {
        server.useHttps(ServerIdentity.LOCAL.serverContext().getSocketFactory());
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                seen.add(request);
                if (request.getTarget().equals("/slow")) {
                    Eventually.open(slowAnswer);
                }
                String body = request.getTarget().equals("/large") ? "0123456789abcdef".repeat(LARGE / 16) : ANSWER;
                return new MockResponse.Builder().setHeader("X-Case", "Kept").body(body).build();
            }
        });
    }

    /** Starts a server. */
    public static Http2Server start() {
        Http2Server started = new Http2Server();
        try {
            started.server.start();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return started;
    }

    /** Returns where it listens. */
    public Endpoint endpoint() {
        return new Endpoint(true, "127.0.0.1", server.getPort());
    }

    /** Returns settings with which a transport trusts it. */
    public static TransportSettings clientSettings() {
        Duration patience = Duration.ofSeconds(5);
        return new TransportSettings(
                patience, patience, TransportSettings.DEFAULT.lifetimes(), ServerIdentity.clientContext());
    }

    /** Speaks HTTP/1.1 only from now on. */
    public void withdrawHttp2() {
        server.setProtocolNegotiationEnabled(false);
    }

    /** Returns the next request, waiting for it. */
    public RecordedRequest nextRequest() {
        return Eventually.next(seen);
    }

    /** Returns how many requests have arrived that {@link #nextRequest} has not returned. */
    public int waitingRequests() {
        return seen.size();
    }

    /** Answers {@code /slow} from now on. */
    public void answerSlow() {
        slowAnswer.countDown();
    }

    @Override
    public void close() {
        answerSlow();
        server.close();
    }
}
