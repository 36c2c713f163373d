package dev.paddock.ports.exchange.routing;

import java.time.Duration;
import java.util.function.Supplier;

/** Repeats what asks servers for their models. Implementations are thread-safe. */
@FunctionalInterface
public interface PollSchedule {

    /**
     * Runs a task soon, and again and again until it is closed.
     *
     * @param turn the task, which may block; it returns the pause until its next turn
     */
    Repetition start(Supplier<Duration> turn);

    /** Returns the schedule that runs each task in a virtual thread of its own. */
    static PollSchedule threads() {
        return PollThread::start;
    }

    /** A task that is repeated. */
    interface Repetition extends AutoCloseable {

        /** Ends the present pause; without one, the next pause does not last. Never blocks. */
        void wake();

        /** Lets no further turn begin. Never blocks. */
        @Override
        void close();
    }
}
