package dev.paddock.benchmarks.routing;

import com.sun.management.ThreadMXBean;
import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.adapters.http.wire.routing.JsonRequestTraits;
import dev.paddock.benchmarks.BenchmarkMachine;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.admission.AdmissionSettings;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.OverloadedException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.ports.admission.ModelCapacityPort;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.exchange.decorator.AdmissionControl;
import dev.paddock.ports.exchange.decorator.AdmissionExchangePort;
import dev.paddock.ports.exchange.decorator.OverloadExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what the admission queue costs a call while slots are free, and what it does at ten times the load that a server can answer: answers,
 * the time of a refusal, and the memory of the calls that wait.
 */
public final class AdmissionBenchmark {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 15;
    private static final int CALLS = 200_000;
    private static final int SLOTS = 4;
    private static final int QUEUE = 100;
    private static final String QUESTION = "Why is the sky blue? ".repeat(100);

    private AdmissionBenchmark() {}

    /** Runs the benchmark; the optional argument is how many seconds the load lasts, by default 10. */
    public static void main(String[] arguments) throws IOException {
        Duration time = Duration.ofSeconds(arguments.length == 0 || arguments[0].isBlank() ? 10 : Integer.parseInt(arguments[0].strip()));
        System.out.println(BenchmarkMachine.describe() + ".\n");
        costs();
        overload(time);
    }

    private static void costs() {
        ExchangePort direct = new InstantServer("direct");
        cost("slots that do not change", direct, AdmissionSettings.DEFAULT);
        cost("slots that follow the server", direct, AdmissionSettings.DEFAULT.withSlots(SLOTS, 2 * SLOTS));
    }

    private static void cost(String name, ExchangePort direct, AdmissionSettings settings) {
        AdmissionControl control = new AdmissionControl(settings, MetricsPort.noOp(), System::nanoTime);
        try (ExchangeChain queued = ExchangeChain.assemble(
                direct,
                List.of(AdmissionExchangePort.decorator(control, ModelCapacityPort.usual()), OverloadExchangePort.decorator(new JsonRequestTraits())))) {
            double[] added = new double[ROUNDS];
            long bytes = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long[] without = perRound(direct);
                long[] with = perRound(queued);
                added[round] = (with[0] - without[0]) / 1e3 / CALLS;
                bytes = (with[1] - without[1]) / CALLS;
            }
            double[] settled = Arrays.copyOfRange(added, ROUNDS / 3, ROUNDS); // the first rounds are warm-up
            Arrays.sort(settled);
            System.out.printf(
                    Locale.ROOT,
                    "Free slots, %s: the queue adds %.2f us (from %.2f to %.2f) and %d B to a call.%n",
                    name, settled[settled.length / 2], settled[0], settled[settled.length - 1], bytes);
        }
    }

    /** Returns the CPU time in nanoseconds and the memory in bytes of the calls of a round. */
    private static long[] perRound(ExchangePort port) {
        ExchangeRequest request = ExchangeRequest.post(Operation.CHAT, "/api/chat", "{}".getBytes(StandardCharsets.UTF_8)).withModel("bench");
        CallContext context = CallContext.create();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long start = THREADS.getCurrentThreadCpuTime();
        for (int call = 0; call < CALLS; call++) {
            try (Exchange exchange = port.open(request, context)) {
                while (exchange.next() != null) {
                    // the frames are of no interest
                }
            }
        }
        return new long[] {THREADS.getCurrentThreadCpuTime() - start, THREADS.getCurrentThreadAllocatedBytes() - bytes};
    }

    private static void overload(Duration time) throws IOException {
        SimulatorSettings settings = SimulatorSettings.builder().parallel(SLOTS).promptTime(Duration.ofMillis(100)).tokensPerAnswer(3).build();
        Map<String, String> queue = Map.of(
                "paddock.admission.enabled", "true",
                "paddock.admission.slots", String.valueOf(SLOTS),
                "paddock.admission.most-slots", String.valueOf(SLOTS),
                "paddock.admission.requests", String.valueOf(QUEUE));
        try (OllamaSimulator server = OllamaSimulator.start(settings);
                Paddock paddock = Paddock.start(ConfigurationLoader.ofDefaults()
                        .withOverrides("the benchmark", queue)
                        .withOverrides("the server", Map.of("paddock.base-url", server.baseUrl())))) {
            double capacity = answersPerSecond(paddock, time);
            AtomicInteger answers = new AtomicInteger();
            ConcurrentLinkedQueue<Long> refusals = new ConcurrentLinkedQueue<>();
            double peak = 0;
            long start = System.nanoTime();
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (long call = 0; System.nanoTime() - start < time.toNanos(); call++) {
                    LockSupport.parkNanos(start + (long) (call * 1e9 / (10 * capacity)) - System.nanoTime());
                    callers.execute(() -> call(paddock, start + time.toNanos(), answers, refusals));
                    peak = call % 100 == 0 ? Math.max(peak, waitingBytes(paddock)) : peak;
                }
            }
            long[] sorted = refusals.stream().mapToLong(Long::longValue).sorted().toArray();
            System.out.printf(
                    Locale.ROOT,
                    "%nTen times the load, %d slots, a queue of %d: %.1f answers a second of %.1f that %d callers get (%.0f %%).%n",
                    SLOTS, QUEUE, answers.get() / (time.toNanos() / 1e9), capacity, SLOTS, 100 * answers.get() / (time.toNanos() / 1e9) / capacity);
            System.out.printf(
                    Locale.ROOT,
                    "%d refusals within %.2f ms in the median, %.1f ms for 99 %%, %.1f ms at most; at most %.0f kB wait.%n",
                    sorted.length, sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 99 / 100] / 1e6, sorted[sorted.length - 1] / 1e6, peak / 1e3);
        }
    }

    /** Returns how many answers as many callers as slots get, who ask again at once. */
    private static double answersPerSecond(Paddock paddock, Duration time) {
        AtomicInteger answers = new AtomicInteger();
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < SLOTS; caller++) {
                callers.execute(() -> {
                    while (System.nanoTime() - end < 0) {
                        call(paddock, end, answers, new ConcurrentLinkedQueue<>());
                    }
                });
            }
        }
        return answers.get() / (time.toNanos() / 1e9);
    }

    private static void call(Paddock paddock, long end, AtomicInteger answers, ConcurrentLinkedQueue<Long> refusals) {
        long start = System.nanoTime();
        try {
            paddock.llm().chat(ChatRequest.of("llama3.2", QUESTION));
            if (System.nanoTime() - end < 0) {
                answers.incrementAndGet();
            }
        } catch (OverloadedException refused) {
            refusals.add(System.nanoTime() - start);
        } catch (LlmException failed) {
            System.err.println(failed.getMessage());
        }
    }

    private static double waitingBytes(Paddock paddock) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        paddock.writeMetrics(page);
        return page.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("paddock_admission_bytes "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }
}
