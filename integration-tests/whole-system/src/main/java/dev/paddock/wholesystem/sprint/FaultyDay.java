package dev.paddock.wholesystem.sprint;

import static java.util.Objects.requireNonNull;

import dev.paddock.wholesystem.GatewayClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What happens beside a realistic load: documents are added all the time, and one server is killed in the middle and started again. */
final class FaultyDay implements AutoCloseable {

    private static final int STEPS = 40;
    private static final int KILLED_AT = 16;
    private static final int BACK_AT = 24;
    private static final int VICTIM = 1;
    private static final int WORDS = 300;

    private final SprintSystem system;
    private final Duration length;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    private FaultyDay(SprintSystem system, Duration length) {
        this.system = requireNonNull(system, "system");
        this.length = requireNonNull(length, "length");
        this.thread = Thread.ofVirtual().unstarted(this::run);
    }

    /** Begins a day of the given length. */
    static FaultyDay begin(SprintSystem system, Duration length) {
        FaultyDay day = new FaultyDay(system, length);
        day.thread.start();
        return day;
    }

    private void run() {
        long start = System.nanoTime();
        try (GatewayClient client = new GatewayClient(system.port(), SprintSystem.OPERATOR, true)) {
            for (int step = 0; step < STEPS; step++) {
                if (over.await(start + length.toNanos() * step / STEPS - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return;
                }
                if (step == KILLED_AT) {
                    system.fleet().kill(VICTIM);
                } else if (step == BACK_AT) {
                    system.fleet().restart(VICTIM);
                } else {
                    add(client, step);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
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
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        system.fleet().restart(VICTIM);
    }
}
