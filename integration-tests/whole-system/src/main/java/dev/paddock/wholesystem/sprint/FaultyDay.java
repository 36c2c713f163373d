package dev.paddock.wholesystem.sprint;

import static java.util.Objects.requireNonNull;

import dev.paddock.wholesystem.GatewayClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What happens beside a realistic load: documents are added all the time, and one server is killed in the middle and started again. */
final class FaultyDay implements AutoCloseable {

    private static final int DOCUMENTS = 40;
    private static final double KILLED_AT = 0.4;
    private static final double BACK_AT = 0.6;
    private static final int VICTIM = 1;
    private static final int WORDS = 300;

    private final SprintSystem system;
    private final Duration length;
    private final long start = System.nanoTime();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private FaultyDay(SprintSystem system, Duration length) {
        this.system = requireNonNull(system, "system");
        this.length = requireNonNull(length, "length");
    }

    /** Begins a day of the given length. */
    static FaultyDay begin(SprintSystem system, Duration length) {
        FaultyDay day = new FaultyDay(system, length);
        day.threads.execute(day::addDocuments);
        day.threads.execute(day::killOne);
        return day;
    }

    private void killOne() {
        if (!isOverBefore(KILLED_AT)) {
            system.fleet().kill(VICTIM);
        }
        if (!isOverBefore(BACK_AT)) {
            system.fleet().restart(VICTIM);
        }
    }

    private void addDocuments() {
        try (GatewayClient client = new GatewayClient(system.port(), SprintSystem.OPERATOR, true)) {
            for (int number = 0; number < DOCUMENTS && !isOverBefore((double) number / DOCUMENTS); number++) {
                add(client, number);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits for a part of the day, from 0 to 1; returns whether the day is over before, and then at once. */
    private boolean isOverBefore(double part) {
        try {
            return over.await(start + (long) (part * length.toNanos()) - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Adds a document. A failure is one of the load's, and is not repeated. */
    private static void add(GatewayClient client, int number) throws IOException {
        Random random = new Random(number);
        StringBuilder text = new StringBuilder("# Minutes of meeting " + number + "\n\n");
        for (int word = 0; word < WORDS; word++) {
            text.append("minute").append(random.nextInt(2000)).append(word % 20 == 19 ? ".\n" : " ");
        }
        try {
            var unused = client.send("POST", "/api/documents?name=minutes/" + number + ".md", text.toString());
        } catch (IOException lost) {
            var unused = lost;
        }
    }

    /** Ends the day; a server that is away comes back. */
    @Override
    public void close() {
        over.countDown();
        threads.close();
        system.fleet().restart(VICTIM);
    }
}
