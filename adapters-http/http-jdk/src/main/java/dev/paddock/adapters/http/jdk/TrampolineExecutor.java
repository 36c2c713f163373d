package dev.paddock.adapters.http.jdk;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Runs the client's tasks: a task that follows from another runs after it in the same thread, any other in a virtual thread of its
 * own. The client submits every step of an exchange, and waking a thread costs more than most steps. No step waits for another.
 */
final class TrampolineExecutor {

    private static final ThreadLocal<Queue<Runnable>> FOLLOWING = new ThreadLocal<>();

    private TrampolineExecutor() {}

    /** Runs a task of the client. */
    static void run(Runnable step) {
        Queue<Runnable> following = FOLLOWING.get();
        if (following == null) {
            Thread.ofVirtual().name("paddock-jdk-transport").start(() -> begin(step));
        } else {
            following.add(step);
        }
    }

    /** Runs an action in this thread, and then every task that follows from it. */
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
