package dev.paddock.soak;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.testsupport.Eventually;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** One run: a client, a server on its worst day, and many callers. */
final class Soak {

    private static final int CALLERS = 64;
    private static final int CONNECTIONS = 48;

    private final SoakSettings settings;
    private final SoakPlan plan;
    private final Map<Integer, CallRecord> records = new ConcurrentHashMap<>();
    private final AtomicInteger started = new AtomicInteger();

    Soak(SoakSettings settings, SoakPlan plan) {
        this.settings = settings;
        this.plan = plan;
    }

    /**
     * Makes the calls of a plan against a server of its own.
     *
     * @param output where the figures are written
     */
    SoakReport run(Appendable output) throws Exception {
        SoakReport report = new SoakReport();
        int threadsBefore = Thread.activeCount();
        try (SoakServer server = new SoakServer(plan)) {
            try (Paddock paddock = start(server);
                    ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor()) {
                callAll(new Caller(paddock, plan, alarms));
                judge(server, report);
                report.countLeaked(leftOver(paddock, server));
            }
            report.countLeaked(leftAfterClose(server, threadsBefore));
            output.append(report.text(server.ledger()));
        }
        return report;
    }

    private Paddock start(SoakServer server) {
        Map<String, String> overrides = new LinkedHashMap<>();
        overrides.put("paddock.base-url", server.baseUrl());
        overrides.put("paddock.transport", settings.transport());
        overrides.put("paddock.pool.connections-per-host", String.valueOf(CONNECTIONS));
        overrides.put("paddock.pool.when-full", "wait");
        overrides.put("paddock.timeouts.read", "2s"); // longer than a busy machine needs for an answer
        overrides.put("paddock.retry.backoff", "2ms");
        // A server that fails a third of the time would be given a rest most of the time.
        overrides.put("paddock.circuit.consecutive-failures", "1000000");
        overrides.put("paddock.circuit.failure-percent", "100");
        return Paddock.start(ConfigurationLoader.ofDefaults().withOverrides("soak", overrides));
    }

    private void callAll(Caller caller) throws InterruptedException {
        long end = System.nanoTime() + settings.longest().toNanos();
        List<Thread> callers = IntStream.range(0, CALLERS)
                .mapToObj(number -> Thread.ofVirtual().start(() -> {
                    int call = started.getAndIncrement();
                    while (call < settings.calls() && System.nanoTime() - end < 0) {
                        records.put(call, caller.make(call));
                        call = started.getAndIncrement();
                    }
                }))
                .toList();
        Duration patience = settings.longest().plus(Duration.ofSeconds(30));
        for (Thread thread : callers) {
            thread.join(patience);
        }
    }

    /** Every call that was begun has a record, or is lost. */
    private void judge(SoakServer server, SoakReport report) {
        CallVerifier judgement = new CallVerifier(server.ledger());
        int begun = records.keySet().stream().mapToInt(call -> call + 1).max().orElse(0);
        for (int call = 0; call < begun; call++) {
            CallRecord record = records.get(call);
            if (record == null) {
                report.countLost(call);
            } else {
                report.count(record, plan.work(call), judgement);
            }
        }
    }

    private static Map<String, Integer> leftOver(Paddock paddock, SoakServer server) {
        Map<String, Integer> left = new LinkedHashMap<>();
        EndpointPool pool = paddock.pool().pools().getFirst();
        left.put("connections in use", pool.usage().leased());
        left.put("callers waiting for a connection", pool.usage().pending());
        Integer idle = pool.usage().idle();
        if (idle != null) {
            // The server may learn of a closed connection a moment later than the client.
            left.put("open connections that are not idle", settled(() -> server.openConnections() - idle));
        }
        return left;
    }

    private static Map<String, Integer> leftAfterClose(SoakServer server, int threadsBefore) {
        Map<String, Integer> left = new LinkedHashMap<>();
        left.put("open connections after closing", settled(server::openConnections));
        left.put("threads after closing", settled(() -> Math.max(0, Thread.activeCount() - threadsBefore - 3)));
        return left;
    }

    /** Returns zero when the count gets there, and otherwise the count. */
    private static int settled(IntSupplier count) {
        try {
            Eventually.await("nothing is left", () -> count.getAsInt() <= 0);
            return 0;
        } catch (AssertionError never) {
            return count.getAsInt();
        }
    }
}
