package dev.paddock.e2e.sharedstate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.adapters.http.wire.json.PlainJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A model server with one model. Each answer says its digest, the question and its number; a pull changes the digest. */
final class ModelServer implements AutoCloseable {

    private static final int ALL = 1_000_000;

    private final HttpServer server;
    private final AtomicInteger chats = new AtomicInteger();
    private final AtomicInteger status = new AtomicInteger(200);
    private final Semaphore turns = new Semaphore(ALL);
    private volatile String digest = "d1";

    private ModelServer(HttpServer server) {
        this.server = server;
    }

    static ModelServer start() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ModelServer models = new ModelServer(http);
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.createContext("/api/tags", exchange -> answer(exchange, 200, models.tags()));
            http.createContext("/api/chat", models::chat);
            http.createContext("/api/pull", models::pull);
            http.start();
            return models;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns how many questions have reached it. */
    int chats() {
        return chats.get();
    }

    /** Holds answers back until {@link #goOn()}. */
    void hold() {
        turns.drainPermits();
    }

    void goOn() {
        turns.release(ALL);
    }

    /** Answers questions with a status from now on. */
    void answerWith(int newStatus) {
        status.set(newStatus);
    }

    private String tags() {
        return PlainJson.toText(Map.of("models", List.of(Map.of("name", "m:latest", "model", "m:latest", "digest", digest))));
    }

    private void pull(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        digest = digest + "x";
        answer(exchange, 200, "{\"status\":\"success\"}\n");
    }

    private void chat(HttpExchange exchange) throws IOException {
        Map<?, ?> body = (Map<?, ?>) PlainJson.fromText(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        int number = chats.incrementAndGet();
        turns.acquireUninterruptibly();
        turns.release();
        if (status.get() != 200) {
            answer(exchange, status.get(), "{\"error\":\"failed on purpose\"}");
            return;
        }
        Object question = ((Map<?, ?>) ((List<?>) body.get("messages")).getFirst()).get("content");
        String text = "digest=" + digest + " question=" + question + " number=" + number;
        boolean isStream = !Boolean.FALSE.equals(body.get("stream"));
        String last = "\"done_reason\":\"stop\",\"done\":true,\"total_duration\":9,\"load_duration\":1,\"prompt_eval_count\":3,"
                + "\"prompt_eval_duration\":1,\"eval_count\":5,\"eval_duration\":1}";
        String answer = isStream
                ? message(text, "\"done\":false}") + "\n" + message("", last) + "\n"
                : message(text, last);
        answer(exchange, 200, answer);
    }

    private static String message(String text, String rest) {
        return "{\"model\":\"m\",\"created_at\":\"2026-11-29T00:00:00Z\",\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\"}," + rest;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        boolean isLines = body.endsWith("\n");
        exchange.getResponseHeaders().set("Content-Type", isLines ? "application/x-ndjson" : "application/json");
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, isLines ? 0 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        goOn();
        server.stop(0);
    }
}
