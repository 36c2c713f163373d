package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.bootstrap.FailureAdvice;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.PoolExhaustedException;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.pool.WhenFull;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many streams at once, under each behaviour of a full pool. */
@Timeout(120)
class OpenStreamsIT extends OverEveryTransport {

    private static final int MANY = 1000;
    private static final ChatRequest HELLO = ChatRequest.of("llama3.2", "hello");
    private static final String TOKEN =
            "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"done\":false}\n";
    private static final String DONE = "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
            + "\"done\":true,\"done_reason\":\"stop\"}\n";

    @Test
    void chatStream_aThousandAtOnceWithinTheLimit_areAllOpenTogether() throws Exception {
        CountDownLatch allBegun = new CountDownLatch(MANY);
        CountDownLatch finish = new CountDownLatch(1);
        PoolLimits limits = PoolLimits.DEFAULT.withConnectionsPerHost(MANY);
        try (ScriptedServer server = ScriptedServer.start(tokenThenWait(finish));
                TransportPoolManager manager = manager();
                PlainClient client = PlainClient.of(manager, server.baseUrl(), limits)) {
            List<String> texts = inParallel(MANY, () -> {
                try (ResponseStream<ChatChunk> stream = client.llm().chatStream(HELLO)) {
                    StringBuilder text = new StringBuilder(stream.next().text());
                    allBegun.countDown();
                    if (!allBegun.await(60, TimeUnit.SECONDS)) {
                        throw new AssertionError("only " + (MANY - allBegun.getCount()) + " streams are open");
                    }
                    finish.countDown();
                    stream.forEachRemaining(chunk -> text.append(chunk.text()));
                    return text.toString();
                }
            });

            assertThat(texts).hasSize(MANY).containsOnly("a");
            assertThat(server.accepted()).isEqualTo(MANY);
            assertThat(PlainClient.pool(manager).usage().leased()).isZero();
        }
    }

    @Test
    void chatStream_aThousandWithALimitOfTwentyAndWait_allFinishOverTwentyConnections() throws Exception {
        CountDownLatch noWait = new CountDownLatch(0);
        PoolLimits limits = PoolLimits.DEFAULT
                .withConnectionsPerHost(20)
                .withWhenFull(WhenFull.WAIT)
                .withLeaseTimeout(Duration.ofSeconds(60));
        try (ScriptedServer server = ScriptedServer.start(tokenThenWait(noWait));
                TransportPoolManager manager = manager();
                PlainClient client = PlainClient.of(manager, server.baseUrl(), limits)) {
            List<String> texts = inParallel(MANY, () -> wholeText(client));

            assertThat(texts).hasSize(MANY).containsOnly("a");
            assertThat(server.requests()).hasSize(MANY);
            assertThat(server.accepted()).isLessThanOrEqualTo(20);
            assertThat(PlainClient.pool(manager).totals().leases()).isEqualTo(MANY);
            assertKnown(PlainClient.pool(manager).totals().created(), server.accepted());
            assertThat(PlainClient.pool(manager).usage().leased()).isZero();
            assertThat(PlainClient.pool(manager).usage().pending()).isZero();
        }
    }

    @Test
    void chatStream_moreThanTheLimitAndFail_exactlyThoseBeyondItFailTyped() {
        CountDownLatch finish = new CountDownLatch(1);
        PoolLimits limits = PoolLimits.DEFAULT.withConnectionsPerHost(20);
        try (ScriptedServer server = ScriptedServer.start(tokenThenWait(finish));
                TransportPoolManager manager = manager();
                PlainClient client = PlainClient.of(manager, server.baseUrl(), limits)) {
            List<ResponseStream<ChatChunk>> open = new ArrayList<>();
            List<LlmException> refused = new ArrayList<>();
            for (int call = 0; call < 50; call++) {
                try {
                    ResponseStream<ChatChunk> stream = client.llm().chatStream(HELLO);
                    open.add(stream);
                    stream.next();
                } catch (LlmException failure) {
                    refused.add(failure);
                }
            }

            assertThat(open).hasSize(20);
            assertThat(refused).hasSize(30).allSatisfy(failure -> {
                assertThat(failure).isInstanceOf(PoolExhaustedException.class);
                assertThat(failure.getMessage()).contains("20");
                assertThat(FailureAdvice.of(failure)).contains("OLLAMA_POOL_MAXSIZE");
            });
            finish.countDown();
            open.forEach(stream -> stream.forEachRemaining(chunk -> {}));
            assertThat(server.requests()).hasSize(20);
            assertThat(PlainClient.pool(manager).totals().exhausted()).isEqualTo(30);
            assertThat(PlainClient.pool(manager).usage().leased()).isZero();
        }
    }

    @Test
    void chatStream_beyondTheLimitAndOverflow_worksAndTheExtraConnectionsAreClosed() {
        CountDownLatch finish = new CountDownLatch(1);
        PoolLimits limits = PoolLimits.DEFAULT.withConnectionsPerHost(2).withWhenFull(WhenFull.OVERFLOW);
        try (ScriptedServer server = ScriptedServer.start(tokenThenWait(finish));
                TransportPoolManager manager = manager();
                PlainClient client = PlainClient.of(manager, server.baseUrl(), limits)) {
            List<ResponseStream<ChatChunk>> open = new ArrayList<>();
            for (int call = 0; call < 5; call++) {
                ResponseStream<ChatChunk> stream = client.llm().chatStream(HELLO);
                stream.next();
                open.add(stream);
            }
            finish.countDown();
            open.forEach(stream -> stream.forEachRemaining(chunk -> {}));

            assertThat(server.accepted()).isEqualTo(5);
            Eventually.await("the three beyond the limit are closed", () -> server.open() == 2);
            assertKnown(PlainClient.pool(manager).usage().idle(), 2);
        }
    }

    @Test
    void close_clientWithOpenStreams_holdsNothingAndTheServerSeesIt() {
        try (ScriptedServer server = ScriptedServer.start(endless());
                TransportPoolManager manager = manager()) {
            PlainClient staying = PlainClient.of(manager, server.baseUrl(), PoolLimits.DEFAULT);
            PlainClient leaving = PlainClient.of(manager, server.baseUrl(), PoolLimits.DEFAULT);
            ResponseStream<ChatChunk> first = leaving.llm().chatStream(HELLO);
            ResponseStream<ChatChunk> second = leaving.llm().chatStream(HELLO);
            first.next();
            second.next();

            leaving.close();

            assertThat(PlainClient.pool(manager).usage().leased()).isZero();
            Eventually.await("the server sees both leave", () -> server.open() == 0);
            assertThatExceptionOfType(ClientClosedException.class).isThrownBy(() -> first.forEachRemaining(chunk -> {}));
            assertThatExceptionOfType(ClientClosedException.class).isThrownBy(() -> leaving.llm().chatStream(HELLO));
            try (ResponseStream<ChatChunk> stream = staying.llm().chatStream(HELLO)) {
                assertThat(stream.next().text()).isEqualTo("a");
            }
            staying.close();
            assertThat(manager.pools()).isEmpty();
        }
    }

    @Test
    void close_streamHalfRead_holdsNothingAndTheServerSeesIt() {
        try (ScriptedServer server = ScriptedServer.start(endless());
                TransportPoolManager manager = manager();
                PlainClient client = PlainClient.of(manager, server.baseUrl(), PoolLimits.DEFAULT)) {
            try (ResponseStream<ChatChunk> stream = client.llm().chatStream(HELLO)) {
                stream.next();
            }

            assertThat(PlainClient.pool(manager).usage().leased()).isZero();
            Eventually.await("the server sees it", () -> server.open() == 0);
        }
    }

    @Test
    void chatStream_exceptionInTheCallersLoop_holdsNothingAndTheServerSeesIt() {
        try (ScriptedServer server = ScriptedServer.start(endless());
                TransportPoolManager manager = manager();
                PlainClient client = PlainClient.of(manager, server.baseUrl(), PoolLimits.DEFAULT)) {
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> {
                try (ResponseStream<ChatChunk> stream = client.llm().chatStream(HELLO)) {
                    stream.forEachRemaining(chunk -> {
                        throw new IllegalStateException("the caller fails");
                    });
                }
            });

            assertThat(PlainClient.pool(manager).usage().leased()).isZero();
            Eventually.await("the server sees it", () -> server.open() == 0);
        }
    }

    private static String wholeText(PlainClient client) {
        StringBuilder text = new StringBuilder();
        try (ResponseStream<ChatChunk> stream = client.llm().chatStream(HELLO)) {
            stream.forEachRemaining(chunk -> text.append(chunk.text()));
        }
        return text.toString();
    }

    private static ConnectionScript tokenThenWait(CountDownLatch finish) {
        return ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk(TOKEN);
            await(finish);
            connection.sendChunk(DONE);
            connection.sendLastChunk();
        });
    }

    private static ConnectionScript endless() {
        return ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            while (true) {
                connection.sendChunk(TOKEN);
            }
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> List<T> inParallel(int times, Callable<T> action) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (int call = 0; call < times; call++) {
                running.add(threads.submit(action));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> call : running) {
                results.add(call.get(90, TimeUnit.SECONDS));
            }
            return results;
        }
    }
}
