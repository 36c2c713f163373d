package dev.paddock.bridges;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientTimeoutIT;
import dev.paddock.adapters.http.bridge.langchain4j.PaddockHttpClientBuilder;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The tests that LangChain4j publishes for time limits of HTTP clients. They have a port of their own. */
class PublishedTimeoutsTest extends HttpClientTimeoutIT {

    private final Paddock paddock = Paddock.start(ConfigurationLoader.ofDefaults()
            .withOverrides("the test", Map.of(
                    "paddock.base-url", "http://localhost:8083",
                    "paddock.transport", "apache5",
                    "paddock.retry.max-retries", "0")));

    /** The published tests cannot use another port. */
    @BeforeAll
    static void requirePort() throws IOException {
        try (ServerSocket free = new ServerSocket(8083)) {
            assumeTrue(free.isBound());
        } catch (BindException taken) {
            abort("port 8083 is in use");
        }
    }

    @AfterEach
    void close() {
        paddock.close();
    }

    @Override
    protected List<HttpClient> clients(Duration readTimeout) {
        return List.of(new PaddockHttpClientBuilder(paddock.exchange(), paddock.settings().server().baseUrl())
                .readTimeout(readTimeout)
                .build());
    }

    /** The connection is closed while the transport reads from it. */
    @Override
    protected Class<? extends Exception> expectedReadTimeoutRootCauseExceptionType() {
        return AsynchronousCloseException.class;
    }

    @Override
    protected String[] readAsyncMessageKeywords() {
        return new String[] {"waiting for the response", "longer than"};
    }

    /** The server takes twice that long: the difference is to be longer than the pauses of a busy machine. */
    @Override
    protected int readTimeoutMillis() {
        return 1_000;
    }
}
