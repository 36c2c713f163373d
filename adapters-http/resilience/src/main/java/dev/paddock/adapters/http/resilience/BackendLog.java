package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.resilience.CircuitState;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Logs the state of one server once per change: that it cannot be reached, and the states of its circuits. The logger is
 * {@code paddock.backend}. A thread of its own writes the lines, so a log that blocks delays no call. Thread-safe.
 */
final class BackendLog {

    private static final System.Logger LOGGER = System.getLogger("paddock.backend");
    private static final int LONGEST_TEXT = 300;
    private static final int MOST_WAITING = 1_000;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    /** Writes the lines of all servers in order. Its thread ends when there is none, and lines beyond the limit are dropped. */
    private static final ThreadPoolExecutor WRITER = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("paddock-backend-log").factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    static {
        WRITER.allowCoreThreadTimeOut(true);
    }

    /** Whether the server has ever answered. */
    private enum Contact {
        NONE,
        FAILED,
        ANSWERED
    }

    private final BackendId backend;
    private final BooleanSupplier enabled;
    private final AtomicReference<Contact> contact = new AtomicReference<>(Contact.NONE);

    /**
     * Creates the log of a server.
     *
     * @param enabled returns whether lines are written
     */
    BackendLog(BackendId backend, BooleanSupplier enabled) {
        this.backend = backend;
        this.enabled = enabled;
    }

    BackendId backend() {
        return backend;
    }

    /** Returns whether the server has answered since the start of this process. */
    boolean hasAnswer() {
        return contact.get() == Contact.ANSWERED;
    }

    /** Notes that the server answered, or did not. Only the time before its first answer matters: circuits report the time after it. */
    void reported(HealthReport report) {
        switch (report.signal()) {
            case HEALTHY, SERVER_ANSWERS, MODEL_FAILED -> answered();
            case SERVER_FAILED, SERVER_UNAVAILABLE, MODEL_UNAVAILABLE -> {
                if (contact.compareAndSet(Contact.NONE, Contact.FAILED)) {
                    log(System.Logger.Level.WARNING, backend + " has not answered yet: " + report.reason());
                }
            }
            case NEUTRAL -> {}
        }
    }

    private void answered() {
        if (contact.get() != Contact.ANSWERED && contact.getAndSet(Contact.ANSWERED) == Contact.FAILED) {
            log(System.Logger.Level.INFO, backend + " answers");
        }
    }

    /**
     * Notes the new state of a circuit.
     *
     * @param model the model, or null for the circuit of the server
     * @param openTime how long it stays open, zero unless it does
     * @param reason the last failure before it opened
     */
    void changed(@Nullable String model, CircuitState state, Duration openTime, String reason) {
        String circuit = model == null ? "the circuit of " + backend : "the circuit of model '" + model + "' at " + backend;
        switch (state) {
            case OPEN -> log(
                    System.Logger.Level.WARNING,
                    circuit + " is open for " + openTime.toMillis() / 1000.0 + " s" + (reason.isEmpty() ? "" : ": " + reason));
            case HALF_OPEN -> log(System.Logger.Level.INFO, circuit + " is half-open: one call at a time passes");
            case CLOSED -> log(System.Logger.Level.INFO, circuit + " is closed: all calls pass");
        }
    }

    /** Logs one line; a client chooses the name of a model, which may contain anything. */
    private void log(System.Logger.Level level, String text) {
        if (!enabled.getAsBoolean()) {
            return;
        }
        String bounded = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
        String line = UNPRINTABLE.matcher(bounded).replaceAll("?");
        WRITER.execute(() -> LOGGER.log(level, line));
    }
}
