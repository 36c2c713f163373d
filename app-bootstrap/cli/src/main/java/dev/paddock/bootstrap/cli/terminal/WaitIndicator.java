package dev.paddock.bootstrap.cli.terminal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Shows, on a terminal only, for how many seconds a command has waited. Nothing is shown of a short wait. */
public final class WaitIndicator {

    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final String[] FRAMES = {"|", "/", "-", "\\"};

    private final Terminal terminal;
    private final String activity;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final Thread thread;

    private WaitIndicator(Terminal terminal, String activity) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.activity = requireNonNull(activity, "activity");
        this.thread = Thread.ofVirtual().name("paddock-wait-indicator").unstarted(this::show);
    }

    /**
     * Starts to show a wait.
     *
     * @param activity what the wait is for, for example {@code Waiting for the model}
     */
    public static WaitIndicator start(Terminal terminal, String activity) {
        WaitIndicator indicator = new WaitIndicator(terminal, activity);
        if (terminal.traits().error()) {
            indicator.thread.start();
        }
        return indicator;
    }

    private void show() {
        int count = 1;
        while (!isStopped()) {
            long seconds = count * INTERVAL.toMillis() / 1000;
            if (seconds > 0) {
                terminal.redraw(FRAMES[count % FRAMES.length] + " " + activity + ", " + seconds + " s");
            }
            count++;
        }
        if (count * INTERVAL.toMillis() / 1000 > 0) {
            terminal.eraseLine();
        }
    }

    private boolean isStopped() {
        try {
            stop.get(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillWaiting) {
            return false;
        } catch (InterruptedException | ExecutionException impossible) {
            return true;
        }
    }

    /** Ends the display; may be called more than once. */
    public void stop() {
        stop.complete(null);
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
