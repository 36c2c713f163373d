package dev.paddock.benchmarks.reuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model server that thinks before an answer, writes its pieces at a fixed pace, and notes when a client leaves. Each answer names its
 * question.
 */
final class AnswerServer implements AutoCloseable {

    private static final Pattern QUESTION = Pattern.compile("Question (\\d+)");
    private static final String MODELS = "{\"models\":[{\"name\":\"bench:latest\",\"model\":\"bench:latest\",\"digest\":\"" + "0f".repeat(32)
            + "\"}]}";

    private final HttpServer server;
    private final LongUnaryOperator thinkingNanos;
    private final Duration pace;
    private final int pieces;
    private final Semaphore workers;
    private final AtomicLong requests = new AtomicLong();
    private final BlockingQueue<Long> abandoned = new LinkedBlockingQueue<>();

    private AnswerServer(HttpServer server, LongUnaryOperator thinkingNanos, Duration pace, int pieces, int workers) {
        this.server = server;
        this.thinkingNanos = thinkingNanos;
        this.pace = pace;
        this.pieces = pieces;
        this.workers = new Semaphore(workers, true);
    }

    /**
     * Starts a server.
     *
     * @param thinkingNanos the time before the first piece, by the number of the question
     * @param pace the time from one piece to the next
     * @param pieces the pieces of an answer
     * @param workers the number of answers side by side
     */
    static AnswerServer start(LongUnaryOperator thinkingNanos, Duration pace, int pieces, int workers) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        AnswerServer server = new AnswerServer(http, thinkingNanos, pace, pieces, workers);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/api/tags", exchange -> answer(exchange, MODELS));
        http.createContext("/api/chat", server::chat);
        http.start();
        return server;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Returns how many chats it was asked for. */
    long requests() {
        return requests.get();
    }

    /** Returns when it noticed that a client had left, as {@link System#nanoTime}; waits for that, at most ten seconds. */
    long awaitAbandoned() throws InterruptedException {
        Long noticed = abandoned.poll(10, TimeUnit.SECONDS);
        if (noticed == null) {
            throw new IllegalStateException("the answer was not cancelled");
        }
        return noticed;
    }

    /** Returns the text of all pieces. */
    String text(long question) {
        return "Answer " + question + "." + " more".repeat(pieces - 1);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void chat(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Matcher number = QUESTION.matcher(body);
        long question = number.find() ? Long.parseLong(number.group(1)) : 0;
        requests.incrementAndGet();
        workers.acquireUninterruptibly();
        try (exchange) {
            park(thinkingNanos.applyAsLong(question));
            if (body.contains("\"stream\":false")) {
                park((pieces - 1) * pace.toNanos());
                answer(exchange, line(text(question), true));
            } else {
                stream(exchange, question);
            }
        } finally {
            workers.release();
        }
    }

    private void stream(HttpExchange exchange, long question) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-ndjson");
        try {
            exchange.sendResponseHeaders(200, 0);
            OutputStream target = exchange.getResponseBody();
            long start = System.nanoTime();
            for (int piece = 0; piece < pieces; piece++) {
                park(start + piece * pace.toNanos() - System.nanoTime());
                target.write(line(piece == 0 ? "Answer " + question + "." : " more", piece == pieces - 1).getBytes(UTF_8));
                target.flush();
            }
        } catch (IOException gone) {
            abandoned.add(System.nanoTime());
            throw gone;
        }
    }

    private static String line(String text, boolean isLast) {
        String message = "{\"model\":\"bench\",\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\"},\"done\":" + isLast;
        return message + (isLast ? ",\"done_reason\":\"stop\",\"prompt_eval_count\":31,\"eval_count\":17}\n" : "}\n");
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void park(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
