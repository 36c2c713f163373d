package dev.paddock.adapters.http.jdk;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the client's tasks: a task that follows from another runs after it in the same thread, any other in a thread of a pool. The
 * client submits every step of an exchange, and waking a thread costs more than most steps. No step waits for another.
 *
 * <p>The threads are platform threads, because the client's parser never ends on a chunk size above 31 bits (seen on 25.0.3). Such a
 * step keeps its thread busy for ever. It would keep the carrier of a virtual thread, and a few of them would stop all virtual threads.
 */
final class TrampolineExecutor {

    private static final long IDLE_SECONDS = 10;

    /** Without a limit: a step that never ends must not keep others from running. */
    private static final Executor POOL = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("paddock-jdk-transport-", 0).factory());

    private static final ThreadLocal<@Nullable Worker> WORKER = new ThreadLocal<>();

    private TrampolineExecutor() {}

    /** A thread while it runs steps. */
    private static final class Worker {

        private final boolean pooled;
        private final Queue<Runnable> following = new ArrayDeque<>();
        private final Queue<Runnable> last = new ArrayDeque<>(); // may not end, so that all others come first

        private Worker(boolean pooled) {
            this.pooled = pooled;
        }

        private @Nullable Runnable next() {
            Runnable next = following.poll();
            return next == null && pooled ? last.poll() : next;
        }
    }

    /** Runs a task of the client. */
    static void run(Runnable step) {
        Worker worker = WORKER.get();
        if (worker == null) {
            POOL.execute(() -> begin(step));
        } else {
            worker.following.add(step);
        }
    }

    /** Runs a task that may not end: in a thread of the pool, and behind the tasks that follow from the current one. */
    static void runInPool(Runnable step) {
        Worker worker = WORKER.get();
        if (worker == null) {
            POOL.execute(() -> begin(step));
        } else {
            worker.last.add(step);
        }
    }

    /** Runs an action in this thread, and then every task that follows from it. */
    static <T> T with(Supplier<T> beginning) {
        return with(new Worker(false), beginning);
    }

    private static <T> T with(Worker worker, Supplier<T> beginning) {
        WORKER.set(worker);
        try {
            T result = beginning.get();
            for (Runnable next = worker.next(); next != null; next = worker.next()) {
                next.run();
            }
            return result;
        } finally {
            WORKER.remove();
            worker.following.forEach(TrampolineExecutor::run); // when one of them failed
            worker.last.forEach(TrampolineExecutor::runInPool);
        }
    }

    private static void begin(Runnable step) {
        boolean unused = with(new Worker(true), () -> {
            step.run();
            return true;
        });
    }
}
