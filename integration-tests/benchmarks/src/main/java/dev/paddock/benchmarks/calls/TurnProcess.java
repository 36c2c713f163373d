package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.contender.ContenderClient;
import dev.paddock.benchmarks.contender.Contender;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The process of one contender: it makes calls whenever its standard input says for how many milliseconds, says on its
 * standard output what they cost, and does nothing in between.
 */
final class TurnProcess {

    static final String READY = "ready";

    private final CallWorkload work;
    private final ContenderClient caller;
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    private TurnProcess(CallWorkload work, ContenderClient caller) {
        this.work = work;
        this.caller = caller;
    }

    /** Takes the names of the constants of a workload and of a contender. */
    public static void main(String... arguments) {
        PrintStream results = System.out;
        System.setOut(System.err); // what a contender prints is no result
        try {
            CallWorkload work = CallWorkload.valueOf(arguments[0]);
            new TurnProcess(work, ContenderWarmUp.open(work, Contender.valueOf(arguments[1]))).serve(results);
        } catch (Exception failed) {
            failed.printStackTrace();
            System.exit(1);
        }
        System.exit(0); // whatever threads the contender has left
    }

    private void serve(PrintStream results) throws Exception {
        results.println(READY);
        BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String length = turns.readLine(); length != null; length = turns.readLine()) {
            results.println(take(Duration.ofMillis(Long.parseLong(length))).line());
        }
    }

    private Turn take(Duration length) throws Exception {
        ProcessUsage before = ProcessUsage.now();
        long calls = callsUntil(System.nanoTime() + length.toNanos());
        return new Turn(calls, ProcessUsage.now().since(before));
    }

    private long callsUntil(long end) throws Exception {
        if (work.callers() == 1) {
            return callsOfOneUntil(end);
        }
        long calls = 0;
        Callable<Long> calling = () -> callsOfOneUntil(end);
        for (Future<Long> one : callers.invokeAll(Collections.nCopies(work.callers(), calling))) {
            calls += one.get();
        }
        return calls;
    }

    private long callsOfOneUntil(long end) throws IOException {
        long calls = 0;
        while (System.nanoTime() < end) {
            Verification.verify(work.call(caller));
            calls++;
        }
        return calls;
    }
}
