package dev.paddock.adapters.http.jdk;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Runs the steps of exchanges: one that follows from another after it in the same thread, any other in a virtual thread
 * of its own. The client hands over every step, and to wake a thread costs more than most steps do. None of them waits
 * for another.
 */
final class TrampolineExecutor {

    private static final ThreadLocal<Queue<Runnable>> FOLLOWING = new ThreadLocal<>();

    private TrampolineExecutor() {}

    /** Runs a step that the client hands over. */
    static void run(Runnable step) {
        Queue<Runnable> following = FOLLOWING.get();
        if (following == null) {
            Thread.ofVirtual().name("paddock-jdk-transport").start(() -> begin(step));
        } else {
            following.add(step);
        }
    }

    /** Does something in this thread, and then every step that follows from it. */
    static <T> T with(Supplier<T> beginning) {
        Queue<Runnable> following = new ArrayDeque<>();
        FOLLOWING.set(following);
        try {
            T result = beginning.get();
            for (Runnable next = following.poll(); next != null; next = following.poll()) {
                next.run();
            }
            return result;
        } finally {
            FOLLOWING.remove();
            following.forEach(TrampolineExecutor::run); // when one of them failed
        }
    }

    private static void begin(Runnable step) {
        boolean unused = with(() -> {
            step.run();
            return true;
        });
    }
}
