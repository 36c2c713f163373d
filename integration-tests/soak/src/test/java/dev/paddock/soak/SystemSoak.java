package dev.paddock.soak;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessKey;
import dev.paddock.soak.SoakReport.JudgedCall;
import dev.paddock.soak.SystemCaller.SystemCall;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RedisServer;
import dev.paddock.testsupport.RawClient.Response;
import dev.paddock.wholesystem.GatewayClient;
import dev.paddock.wholesystem.GatewayProcess;
import dev.paddock.wholesystem.LocalGateway;
import dev.paddock.wholesystem.RunningGateway;
import dev.paddock.wholesystem.SimulatedFleet;
import dev.paddock.wholesystem.SimulatedFleet.ServerTraits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of the whole system: a gateway with all layers, three servers, a store if there is one, several tenants at a steady rate, documents that
 * come and go, and one fault after the other.
 */
final class SystemSoak {

    private static final String OPERATOR = "operator";
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final Duration TOLERANCE = Duration.ofSeconds(3);
    private static final Duration SAMPLE = Duration.ofSeconds(5);
    private static final int SERVERS = 3;
    private static final int SLOTS = 8;
    private static final int LEAVING = 50;
    private static final ServerTraits SERVER =
            new ServerTraits(Duration.ofMillis(5), Duration.ofMillis(2), Duration.ofMillis(200), SLOTS, Duration.ZERO);

    private final SystemSettings settings;
    private final NumberedAnswers answers = new NumberedAnswers();
    private final Map<Integer, SystemCall> records = new ConcurrentHashMap<>();
    private final AtomicInteger unchanged = new AtomicInteger(); // changes of documents that ended with 500

    SystemSoak(SystemSettings settings) {
        this.settings = settings;
    }

    /**
     * Runs it.
     *
     * @param output where the figures are written
     */
    SoakReport run(Appendable output) throws Exception {
        Path directory = Files.createTempDirectory("paddock-soak");
        RedisServer store = settings.ownProcess() && RedisServer.isInstalled() ? RedisServer.start() : null;
        SimulatedFleet fleet = SimulatedFleet.start(answers, Collections.nCopies(SERVERS, SERVER));
        try (store; fleet) {
            Map<String, String> configured = configured(fleet, store, directory);
            RunningGateway gateway =
                    settings.ownProcess() ? GatewayProcess.start("256m", configured) : LocalGateway.start(configured);
            try (gateway; GatewayClient operator = new GatewayClient(gateway.port(), OPERATOR, true)) {
                return run(gateway, fleet, store, operator, output);
            }
        } finally {
            delete(directory);
        }
    }

    private SoakReport run(
            RunningGateway gateway, SimulatedFleet fleet, @Nullable RedisServer store, GatewayClient operator, Appendable output) throws Exception {
        eventually("the documents are indexed", () -> isIndexed(operator));
        SoakReport report = new SoakReport();
        ProcessFigures figures = new ProcessFigures(operator, gateway);
        try (SystemCaller caller = new SystemCaller(gateway.port(), settings.seed(), answers)) {
            FaultSchedule faults = new FaultSchedule(fleet, store, () -> caller.leave(LEAVING), settings.faultEvery());
            try (faults) {
                faults.start();
                callAll(caller, operator, figures);
            }
            judge(faults, report);
            Map<String, Integer> left = new LinkedHashMap<>();
            left.put("connections in use", settled(figures, "paddock_pool_leased"));
            left.put("changes of documents that failed", unchanged.get());
            left.put("calls in the queue", settled(figures, "paddock_admission_waiting"));
            left.put("calls that hold a slot", settled(figures, "paddock_admission_in_progress"));
            String process = settings.ownProcess() ? figures.text(left) : "";
            report.countLeaked(left);
            output.append(report.text(
                    answers.attempts(),
                    faults.counts().entrySet().stream().collect(Collectors.toMap(
                            fault -> fault.getKey().toString(), Map.Entry::getValue, Integer::sum, LinkedHashMap::new))));
            output.append(process);
        }
        return report;
    }

    private Map<String, String> configured(SimulatedFleet fleet, @Nullable RedisServer store, Path directory) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("folder"));
        for (int topic = 0; topic < 30; topic++) {
            Files.writeString(folder.resolve("topic-" + topic + ".md"), "# Topic " + topic + "\n\nMuch is said about topic-" + topic + ".\n");
        }
        Map<String, String> configured = new HashMap<>();
        configured.put("paddock.backends", fleet.backends());
        configured.put("paddock.gateway.admin", "true");
        configured.put("paddock.gateway.access.key-hashes", Stream.concat(Stream.of(OPERATOR), SystemCaller.TENANTS.stream())
                .map(AccessKey::hashOf)
                .collect(Collectors.joining(",")));
        configured.put("paddock.pool.connections-per-host", "64");
        configured.put("paddock.timeouts.call", DEADLINE.toSeconds() + "s");
        configured.put("paddock.timeouts.head", "6s");
        configured.put("paddock.timeouts.frame-gap", "4s");
        configured.put("paddock.admission.enabled", "true");
        configured.put("paddock.admission.slots", String.valueOf(SLOTS));
        configured.put("paddock.admission.most-slots", String.valueOf(SLOTS));
        configured.put("paddock.cache.enabled", "true");
        configured.put("paddock.cache.ttl.deterministic", "5s");
        configured.put("paddock.single-flight.enabled", "true");
        configured.put("paddock.semantic-cache.enabled", "true");
        configured.put("paddock.semantic-cache.mode", "serve");
        configured.put("paddock.semantic-cache.max-errors", "0.1");
        configured.put("paddock.semantic-cache.embedding-model", SimulatedFleet.EMBEDDING_MODEL);
        configured.put("paddock.batch.enabled", "true");
        configured.put("paddock.batch.cache-ttl", "5s");
        configured.put("paddock.documents.folder", folder.toString());
        configured.put("paddock.documents.index", directory.resolve("index").toString());
        configured.put("paddock.documents.embedding-model", SimulatedFleet.EMBEDDING_MODEL);
        configured.put("paddock.query.model", SimulatedFleet.MODEL);
        if (store != null) {
            configured.put("paddock.shared-state.url", store.url());
        }
        return configured;
    }

    /** Begins each call when it is due, whatever became of the others. */
    private void callAll(SystemCaller caller, GatewayClient operator, ProcessFigures figures) throws Exception {
        long start = System.nanoTime();
        long sampled = start;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        for (int number = 0; number < settings.calls(); number++) {
            int call = number;
            long due = start + call * 1_000_000_000L / settings.perSecond();
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            threads.execute(() -> records.put(call, caller.make(call)));
            if (System.nanoTime() - sampled > SAMPLE.toNanos()) {
                sampled = System.nanoTime();
                figures.sample();
                threads.execute(() -> changeDocuments(operator, call));
            }
        }
        threads.shutdown();
        boolean unused = threads.awaitTermination(DEADLINE.plus(Duration.ofSeconds(30)).toSeconds(), TimeUnit.SECONDS);
    }

    /** Adds a document and removes it again; both may fail while the servers have faults. */
    private void changeDocuments(GatewayClient operator, int number) {
        try {
            String target = "/api/documents?name=live/" + number + ".md";
            Response added = operator.send("POST", target, "# Live\n\nMore is said about topic-" + number % 30 + " in minute " + number + ".\n");
            Response removed = operator.send("DELETE", target, "");
            if (added.status() == 500 || removed.status() == 500) {
                unchanged.incrementAndGet();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Every call that was begun has a record, or is lost. */
    private void judge(FaultSchedule faults, SoakReport report) {
        for (int number = 0; number < settings.calls(); number++) {
            SystemCall record = records.get(number);
            if (record == null) {
                report.countLost(number);
                continue;
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(record.end() - record.start());
            boolean isDisturbed = faults.isDisturbed(record.start(), record.end());
            boolean isHung = millis > DEADLINE.plus(TOLERANCE).toMillis();
            report.count(new JudgedCall(
                    number,
                    record.outcome() + (record.outcome().equals("ok") || record.outcome().equals("left") || isDisturbed ? "" : " without a fault"),
                    record.outcome().equals("connection broken") && !isDisturbed ? "a connection broke without a fault" : record.wrong(),
                    isHung ? "took " + millis + " ms" : null,
                    answers.duplicated(record.question(), faults::isDisturbed)));
        }
    }

    private static boolean isIndexed(GatewayClient operator) {
        try {
            Map<?, ?> documents = operator.get("/api/documents");
            return documents.get("last_update") != null && Boolean.FALSE.equals(documents.get("updating"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns zero when the metric gets there, and otherwise its value. */
    private static int settled(ProcessFigures figures, String metric) throws IOException {
        try {
            eventually(metric + " is zero", () -> value(figures, metric) == 0);
            return 0;
        } catch (AssertionError never) {
            return (int) value(figures, metric);
        }
    }

    private static void eventually(String what, BooleanSupplier condition) {
        Eventually.await(what, () -> {
            boolean holds = condition.getAsBoolean();
            LockSupport.parkNanos(holds ? 0 : 20_000_000);
            return holds;
        });
    }

    private static double value(ProcessFigures figures, String metric) {
        try {
            Double value = figures.metric(metric);
            return value == null ? 0 : value;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
