package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Time and chance.
 *
 * @param ticker what time is measured with
 * @param scheduler runs actions later
 * @param random gives numbers from 0 to less than 1
 */
record TimeSource(Ticker ticker, Scheduler scheduler, DoubleSupplier random) {

    /** Returns a source that runs actions in the timer thread of this process and has real chance, with the given time. */
    static TimeSource system(Ticker ticker) {
        return new TimeSource(ticker, Scheduler.over(Timer.THREAD), () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Runs actions later. */
    @FunctionalInterface
    interface Scheduler {

        /**
         * Runs an action after the given time, unless the registration is closed before.
         *
         * @param action must not block and must not throw
         * @throws java.util.concurrent.RejectedExecutionException if the action will not be run
         */
        Cancellation.Registration schedule(Duration time, Runnable action);

        /** Returns the scheduler over an executor. */
        static Scheduler over(ScheduledExecutorService executor) {
            return (time, action) -> {
                Future<?> scheduled = executor.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
                return () -> scheduled.cancel(false);
            };
        }
    }

    /** Waits before a retry. */
    @FunctionalInterface
    interface Sleeper {

        /** Waits for the given time or until the call is cancelled; returns whether the time has passed. */
        boolean sleep(Duration time, Cancellation cancellation);

        /** Waits in real time. An interrupt of the waiting thread counts as a cancellation and stays set. */
        static boolean system(Duration time, Cancellation cancellation) {
            CountDownLatch cancelled = new CountDownLatch(1);
            Cancellation.Registration registration = cancellation.onCancel(cancelled::countDown);
            try {
                return !cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                registration.close();
            }
        }
    }

    /** The one timer thread of this process; it is started by the first call that has a deadline. */
    private static final class Timer {

        static final ScheduledThreadPoolExecutor THREAD = create();

        private static ScheduledThreadPoolExecutor create() {
            ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("paddock-deadlines").factory());
            timer.setRemoveOnCancelPolicy(true); // a closed registration leaves nothing behind
            return timer;
        }
    }
}
