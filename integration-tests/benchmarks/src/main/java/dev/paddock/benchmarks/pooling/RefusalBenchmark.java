package dev.paddock.benchmarks.pooling;

import com.sun.management.ThreadMXBean;
import dev.paddock.benchmarks.BenchmarkMachine;
import dev.paddock.benchmarks.upstream.UpstreamProcess;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.OverloadedException;
import dev.paddock.domain.error.PoolExhaustedException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.generation.ChatRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Measures the cost of a call that is refused, and what refusals cost the calls that are not. */
public final class RefusalBenchmark {

    private static final int WARM_UP = 300_000;
    private static final int REFUSALS = 300_000;
    private static final int CONNECTIONS = 2;
    private static final int CONNECTIONS_OF_BURST = 20;
    private static final byte[] BODY =
            "{\"model\":\"bench\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}".getBytes(StandardCharsets.UTF_8);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final PrintStream out;

    private RefusalBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Takes {@code --seconds N}, the time of each burst. */
    public static void main(String... arguments) throws IOException {
        int seconds = arguments.length == 2 && arguments[0].equals("--seconds") ? Integer.parseInt(arguments[1]) : 2;
        RefusalBenchmark benchmark = new RefusalBenchmark(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        benchmark.out.println(BenchmarkMachine.describe() + ".");
        benchmark.out.println();
        benchmark.costs();
        benchmark.out.println();
        benchmark.bursts(Duration.ofSeconds(seconds));
    }

    private void costs() throws IOException {
        out.println("| refused by | call | time | memory |");
        out.println("|---|---|--:|--:|");
        ExchangeRequest request = ExchangeRequest.post(Operation.CHAT, "/api/chat", BODY).withModel("bench");
        ChatRequest question = ChatRequest.of("bench", "Hello");
        try (ServerSocket silent = new ServerSocket(0, CONNECTIONS, InetAddress.getLoopbackAddress())) {
            Map<String, String> pool = Map.of("paddock.pool.connections-per-host", String.valueOf(CONNECTIONS));
            try (Paddock paddock = client(silent.getLocalPort(), pool)) {
                hold(CONNECTIONS, paddock, () -> paddock.pool().pools().getFirst().usage().leased() == CONNECTIONS);
                cost("pool", "exchange", PoolExhaustedException.class, () -> paddock.exchange().open(request, CallContext.create()).close());
                cost("pool", "typed", PoolExhaustedException.class, () -> paddock.llm().chat(question));
            }
            Map<String, String> queue = Map.of(
                    "paddock.admission.enabled", "true",
                    "paddock.admission.slots", "1",
                    "paddock.admission.most-slots", "1",
                    "paddock.admission.requests", "1");
            try (Paddock paddock = client(silent.getLocalPort(), queue)) {
                hold(2, paddock, () -> isFull(paddock));
                cost("queue", "exchange", OverloadedException.class, () -> paddock.exchange().open(request, CallContext.create()).close());
                cost("queue", "typed", OverloadedException.class, () -> paddock.llm().chat(question));
            }
        }
    }

    private static boolean isFull(Paddock paddock) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            paddock.writeMetrics(page);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return page.toString(StandardCharsets.UTF_8).contains("paddock_admission_waiting{priority=\"interactive\"} 1");
    }

    private void cost(String cause, String call, Class<? extends LlmException> expected, Runnable refused) {
        repeat(WARM_UP, expected, refused);
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long nanos = System.nanoTime();
        repeat(REFUSALS, expected, refused);
        nanos = System.nanoTime() - nanos;
        bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
        out.printf(
                Locale.ROOT, "| %s | %s | %.2f us | %d B |%n", cause, call, nanos / 1e3 / REFUSALS, bytes / REFUSALS);
    }

    private static void repeat(int times, Class<? extends LlmException> expected, Runnable refused) {
        for (int count = 0; count < times; count++) {
            try {
                refused.run();
                throw new IllegalStateException("was not refused");
            } catch (LlmException refusal) {
                if (!expected.isInstance(refusal)) {
                    throw refusal;
                }
            }
        }
    }

    /** Makes calls that are never answered. */
    private static void hold(int calls, Paddock paddock, BooleanSupplier isFull) {
        for (int call = 0; call < calls; call++) {
            Thread.ofVirtual().start(() -> {
                try {
                    paddock.llm().chat(ChatRequest.of("bench", "Hello"));
                } catch (LlmException closed) {
                    // The client was closed.
                }
            });
        }
        while (!isFull.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void bursts(Duration time) throws IOException {
        out.println("Callers that ask again at once over " + CONNECTIONS_OF_BURST + " connections, " + time.toSeconds() + " s each.");
        out.println();
        out.println("| callers | when full | calls | refused |");
        out.println("|--:|---|--:|--:|");
        try (UpstreamProcess upstream = UpstreamProcess.start()) {
            burst(upstream, CONNECTIONS_OF_BURST, Map.of(), "fail", time);
            burst(upstream, 32, Map.of(), "fail", time);
            burst(upstream, 32, Map.of("paddock.pool.when-full", "wait", "paddock.pool.lease-timeout", "100ms"), "wait 100 ms", time);
            burst(upstream, 32, Map.of("paddock.pool.when-full", "wait"), "wait 30 s", time);
            burst(
                    upstream,
                    32,
                    Map.of("paddock.admission.enabled", "true", "paddock.admission.slots", "20", "paddock.admission.most-slots", "20"),
                    "admission queue",
                    time);
        }
    }

    private void burst(UpstreamProcess upstream, int callers, Map<String, String> settings, String name, Duration time) {
        AtomicLong calls = new AtomicLong();
        AtomicLong refusals = new AtomicLong();
        try (Paddock paddock = client(upstream.address().port(), settings)) {
            for (Duration part : new Duration[] {time, time}) { // the first one warms up
                calls.set(0);
                refusals.set(0);
                long end = System.nanoTime() + part.toNanos();
                try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int caller = 0; caller < callers; caller++) {
                        executor.execute(() -> ask(paddock, end, calls, refusals));
                    }
                }
            }
        }
        out.printf(Locale.ROOT, "| %d | %s | %,d | %,d |%n", callers, name, calls.get(), refusals.get());
    }

    private static void ask(Paddock paddock, long end, AtomicLong calls, AtomicLong refusals) {
        ChatRequest question = ChatRequest.of("bench", "Hello");
        while (System.nanoTime() - end < 0) {
            try {
                paddock.llm().chat(question);
                calls.incrementAndGet();
            } catch (LlmException refused) {
                refusals.incrementAndGet();
            }
        }
    }

    private static Paddock client(int port, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("paddock.base-url", "http://127.0.0.1:" + port);
        return Paddock.start(ConfigurationLoader.ofDefaults().withOverrides("the benchmark", all));
    }
}
