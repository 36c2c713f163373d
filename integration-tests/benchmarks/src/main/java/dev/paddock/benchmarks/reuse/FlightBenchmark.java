package dev.paddock.benchmarks.reuse;

import dev.paddock.benchmarks.BenchmarkMachine;
import dev.paddock.benchmarks.Quantiles;
import dev.paddock.benchmarks.contender.SocketConnection;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.wholesystem.GatewayProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.LogManager;

/** Measures many callers that want the same streamed answer at the same time, and what happens when all of them leave. */
public final class FlightBenchmark {

    private static final Duration THINKING = Duration.ofMillis(300);
    private static final Duration PACE = Duration.ofMillis(5);
    private static final int PIECES = 100;
    private static final int WARM_UP_ROUNDS = 20;
    private static final double MOST_MILLIS_BEHIND = 5;
    private static final double MOST_MILLIS_UNTIL_CANCELLED = 250;
    private static final String[] SETTINGS = {
        "paddock.single-flight.enabled=true", "paddock.pool.connections-per-host=128", "paddock.cache.models.version=name"
    };

    private final int callers;
    private final int rounds;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private long question;
    private boolean isMissed;

    private FlightBenchmark(int callers, int rounds) {
        this.callers = callers;
        this.rounds = rounds;
    }

    /** Takes {@code --callers N} and {@code --rounds N}. Exits with 1 if a bound is missed. */
    public static void main(String... arguments) throws IOException, InterruptedException, ExecutionException {
        LogManager.getLogManager().reset();
        FlightBenchmark benchmark = new FlightBenchmark(
                ReuseOptions.number("--callers", 100, arguments), ReuseOptions.number("--rounds", 30, arguments));
        benchmark.run();
        System.exit(benchmark.isMissed ? 1 : 0);
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        out.println(BenchmarkMachine.describe() + "; " + callers + " callers, " + rounds + " rounds; the server thinks for "
                + THINKING.toMillis() + " ms, then writes " + PIECES + " pieces, one each " + PACE.toMillis() + " ms.");
        out.println();
        out.println("| | calls of the server a round | answers | first piece behind the first caller's, ms: median caller | 99 % | last "
                + "caller, median round | last caller, worst round | bound |");
        out.println("|---|--:|---|--:|--:|--:|--:|--:|");
        try (AnswerServer server = AnswerServer.start(number -> THINKING.toNanos(), PACE, PIECES, callers)) {
            try (Paddock paddock = ReuseClients.start(server.port(), SETTINGS)) {
                compare("library", server, caller -> new LibraryReader(paddock));
                out.println();
                abandon(server, paddock);
            }
            try (GatewayProcess gateway = GatewayProcess.start(ReuseClients.settings("http://127.0.0.1:" + server.port(), List.of(SETTINGS)))) {
                out.println();
                compare("gateway", server, caller -> new GatewayReader(gateway.port()));
            }
        }
    }

    private void compare(String face, AnswerServer server, Readers readers) throws IOException, InterruptedException, ExecutionException {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            FlightRound unused = round(readers);
        }
        long before = server.requests();
        List<FlightRound> measured = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            measured.add(round(readers));
        }
        double requests = (double) (server.requests() - before) / rounds;
        boolean identical = measured.stream().allMatch(FlightRound::identical);
        double[] all = measured.stream().flatMap(round -> round.millisBehind.stream()).mapToDouble(Double::doubleValue).toArray();
        double[] lasts = measured.stream().mapToDouble(round -> Collections.max(round.millisBehind)).toArray();
        boolean isWithin = requests == 1 && identical && Quantiles.of(lasts, 0.5) <= MOST_MILLIS_BEHIND;
        isMissed |= !isWithin;
        out.printf(Locale.ROOT, "| %s | %.2f | %s | %.2f | %.2f | %.2f | %.2f | %.0f ms%s |%n", face, requests,
                identical ? "identical" : "DIFFERENT", Quantiles.of(all, 0.5), Quantiles.of(all, 0.99), Quantiles.of(lasts, 0.5),
                Quantiles.of(lasts, 1), MOST_MILLIS_BEHIND, isWithin ? "" : " MISSED");
    }

    private FlightRound round(Readers readers) throws IOException, InterruptedException, ExecutionException {
        question++;
        long number = question;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Reading>> readings = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                Reader reader = readers.open(caller);
                readings.add(threads.submit(() -> {
                    start.await();
                    return reader.read(number);
                }));
            }
            start.countDown();
        }
        long first = Long.MAX_VALUE;
        HashSet<String> answers = new HashSet<>();
        for (Future<Reading> reading : readings) {
            first = Math.min(first, reading.get().firstAt);
            answers.add(reading.get().answer);
        }
        List<Double> behind = new ArrayList<>();
        for (Future<Reading> reading : readings) {
            behind.add((reading.get().firstAt - first) / 1e6);
        }
        return new FlightRound(behind, answers.size() == 1 && answers.iterator().next().contains("Answer " + number + "."));
    }

    /** Measures from the moment when the last reader closes its answer until the server notices it. */
    private void abandon(AnswerServer server, Paddock paddock) throws InterruptedException {
        double[] millis = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            question++;
            List<ResponseStream<ChatChunk>> readers = new ArrayList<>();
            for (int reader = 0; reader < 10; reader++) {
                ResponseStream<ChatChunk> chunks = paddock.llm().chatStream(ReuseClients.chat(question));
                ChatChunk unused = chunks.next();
                readers.add(chunks);
            }
            long left = 0;
            for (ResponseStream<ChatChunk> chunks : readers) {
                left = System.nanoTime();
                chunks.close();
            }
            millis[round] = (server.awaitAbandoned() - left) / 1e6;
        }
        boolean isWithin = Quantiles.of(millis, 1) <= MOST_MILLIS_UNTIL_CANCELLED;
        isMissed |= !isWithin;
        out.printf(Locale.ROOT, "When the last of 10 readers leaves, the server notices after %.1f ms (median) and %.1f ms (longest); bound: "
                + "%.0f ms%s.%n", Quantiles.of(millis, 0.5), Quantiles.of(millis, 1), MOST_MILLIS_UNTIL_CANCELLED, isWithin ? "" : " MISSED");
    }

    /** Opens the connections of callers. */
    private interface Readers {

        Reader open(int caller) throws IOException;
    }

    /** One caller of one answer. */
    private interface Reader {

        Reading read(long number) throws IOException;
    }

    /**
     * What a caller received.
     *
     * @param firstAt when the first piece was there, as {@link System#nanoTime}
     * @param answer all of it
     */
    private record Reading(long firstAt, String answer) {}

    /** A typed caller. */
    private record LibraryReader(Paddock paddock) implements Reader {

        @Override
        public Reading read(long number) {
            StringBuilder answer = new StringBuilder();
            try (ResponseStream<ChatChunk> chunks = paddock.llm().chatStream(ReuseClients.chat(number))) {
                answer.append(chunks.next().text());
                long firstAt = System.nanoTime();
                while (chunks.hasNext()) {
                    answer.append(chunks.next().text());
                }
                return new Reading(firstAt, answer.toString());
            }
        }
    }

    /** A client of the gateway with a connection of its own. */
    private static final class GatewayReader implements Reader {

        private final SocketConnection connection;

        GatewayReader(int port) throws IOException {
            connection = new SocketConnection(port);
        }

        @Override
        public Reading read(long number) throws IOException {
            try (connection) {
                connection.post("/api/chat", ReuseClients.json(number, true).getBytes(StandardCharsets.UTF_8));
                connection.readHead();
                ByteArrayOutputStream body = new ByteArrayOutputStream();
                long firstAt = 0;
                for (int length = connection.readChunk(); length > 0; length = connection.readChunk()) {
                    firstAt = firstAt == 0 ? System.nanoTime() : firstAt;
                    body.write(connection.bytes(), connection.start(), length);
                    connection.skipChunk(length);
                }
                return new Reading(firstAt, body.toString(StandardCharsets.UTF_8));
            }
        }
    }

    /** The callers of one answer. */
    private record FlightRound(List<Double> millisBehind, boolean identical) {}
}
