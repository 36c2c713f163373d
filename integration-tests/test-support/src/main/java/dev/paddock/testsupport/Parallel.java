package dev.paddock.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Does things at once, each on a virtual thread of its own. */
public final class Parallel {

    private static final int PATIENCE_SECONDS = 30;

    private Parallel() {}

    /**
     * Does the same thing many times at once.
     *
     * @return the results, when all are there
     * @throws AssertionError if one of them failed, or took too long
     */
    public static <T> List<T> run(int times, IntFunction<T> action) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        List<Future<T>> running = new ArrayList<>();
        for (int number = 0; number < times; number++) {
            int current = number;
            running.add(start(threads, () -> action.apply(current)));
        }
        threads.shutdown();
        return running.stream().map(Parallel::resultOf).toList();
    }

    /** Starts something on a virtual thread. */
    public static <T> Future<T> start(Callable<T> action) {
        ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
        Future<T> result = start(thread, action);
        thread.shutdown();
        return result;
    }

    /**
     * Returns the result of what was started.
     *
     * @throws AssertionError if it failed, or took too long
     */
    public static <T> T resultOf(Future<T> started) {
        try {
            return started.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError("it failed", failed.getCause());
        } catch (TimeoutException never) {
            throw new AssertionError("it never ended", never);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted", interrupted);
        }
    }

    private static <T> Future<T> start(ExecutorService threads, Callable<T> action) {
        return threads.submit(action);
    }
}
