package dev.paddock.soak;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.testsupport.RedisServer;
import dev.paddock.wholesystem.SimulatedFleet;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lets one fault follow the other, each for a quarter of the time until the next one. Thread-safe. */
final class FaultSchedule implements AutoCloseable {

    private static final int REQUESTS = 20;
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private final SimulatedFleet fleet;
    private final @Nullable RedisServer store;
    private final Runnable leave;
    private final Duration every;
    private final List<Disturbance> disturbances = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable RuntimeException failure;
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);

    /**
     * Creates a schedule.
     *
     * @param fleet the servers
     * @param store the store, or null without one
     * @param leave lets many clients leave
     * @param every the time from one fault to the next
     */
    FaultSchedule(SimulatedFleet fleet, @Nullable RedisServer store, Runnable leave, Duration every) {
        this.fleet = fleet;
        this.store = store;
        this.leave = leave;
        this.every = every;
    }

    /** A fault and when it was there, in the time of {@link System#nanoTime}. */
    private record Disturbance(SystemFault fault, long from, long to) {}

    void start() {
        thread.start();
    }

    private void run() {
        List<SystemFault> faults = Stream.of(SystemFault.values()).filter(fault -> store != null || !fault.needsStore()).toList();
        long lasting = Math.min(LONGEST.toNanos(), every.toNanos() / 4);
        try {
            for (int number = 0; !over.await(every.toNanos() - lasting, TimeUnit.NANOSECONDS); number++) {
                SystemFault fault = faults.get(number % faults.size());
                long start = System.nanoTime();
                disturbances.add(new Disturbance(fault, start, start + lasting + RECOVERY.toNanos()));
                begin(fault, number % fleet.size());
                boolean isOver = over.await(lasting, TimeUnit.NANOSECONDS);
                end(fault, number % fleet.size());
                if (isOver) {
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            failure = failed;
        }
    }

    private void begin(SystemFault fault, int server) {
        switch (fault) {
            case SERVER_KILLED -> fleet.kill(server);
            case SERVER_SLOW -> enqueue(server, new Fault.Delay(Duration.ofSeconds(2)));
            case SERVER_BUSY -> enqueue(server, Fault.busy());
            case ANSWERS_STALL -> enqueue(server, new Fault.Stall(0), new Fault.Stall(3));
            case ANSWERS_CUT -> enqueue(server, new Fault.CutLine(0, TcpClose.RESET), new Fault.CutLine(3, TcpClose.RESET));
            case CLIENTS_LEAVE -> leave.run();
            case STORE_HANGS -> {
                if (store != null) {
                    store.hang();
                }
            }
            case STORE_KILLED -> {
                if (store != null) {
                    store.kill();
                }
            }
        }
    }

    /** Lets the next calls meet the faults in turn. */
    private void enqueue(int server, Fault... faults) {
        OllamaSimulator simulator = fleet.server(server);
        for (int request = 0; simulator != null && request < REQUESTS; request++) {
            simulator.faults().enqueue(FaultScript.on("/api/chat").then(faults[request % faults.length]));
        }
    }

    private void end(SystemFault fault, int server) {
        switch (fault) {
            case SERVER_KILLED -> fleet.restart(server);
            case SERVER_SLOW, SERVER_BUSY, ANSWERS_STALL, ANSWERS_CUT -> {
                OllamaSimulator simulator = fleet.server(server);
                if (simulator != null) {
                    simulator.faults().clear();
                }
            }
            case CLIENTS_LEAVE -> { }
            case STORE_HANGS -> {
                if (store != null) {
                    store.goOn();
                }
            }
            case STORE_KILLED -> {
                if (store != null) {
                    store.restart();
                }
            }
        }
    }

    /** Returns whether there was a fault, or the recovery from one, in a span of time. */
    boolean isDisturbed(long from, long to) {
        return disturbances.stream().anyMatch(each -> each.from - to <= 0 && each.to - from >= 0);
    }

    /** Returns how often each fault was there. */
    Map<SystemFault, Integer> counts() {
        Map<SystemFault, Integer> counts = new EnumMap<>(SystemFault.class);
        disturbances.forEach(each -> counts.merge(each.fault, 1, Integer::sum));
        return counts;
    }

    /**
     * Ends the fault that lasts, and begins no further one.
     *
     * @throws IllegalStateException if a fault could not begin or end
     */
    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IllegalStateException("a fault did not begin or end", failure);
        }
    }
}
