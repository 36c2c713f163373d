package dev.paddock.e2e.reuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.adapters.http.wire.json.PlainJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A model server with one embedding model. It records the texts of each request, and can hold its answers back. */
public final class EmbeddingServer implements AutoCloseable {

    private static final int ALL = 1_000_000;

    private final HttpServer server;
    private final List<List<String>> asked = new CopyOnWriteArrayList<>();
    private final Semaphore turns = new Semaphore(ALL);
    private volatile String digest = "d1";
    private volatile int mostTexts = Integer.MAX_VALUE;

    private EmbeddingServer(HttpServer server) {
        this.server = server;
    }

    /** Starts it on a free port. */
    public static EmbeddingServer start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        EmbeddingServer server = new EmbeddingServer(http);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/api/tags", exchange -> answer(exchange, 200, server.tags()));
        http.createContext("/api/embed", exchange -> server.embed(exchange, false));
        http.createContext("/v1/embeddings", exchange -> server.embed(exchange, true));
        http.createContext("/api/pull", exchange -> {
            server.digest = server.digest + "x";
            answer(exchange, 200, "{\"status\":\"success\"}\n");
        });
        http.start();
        return server;
    }

    /** Returns its base URL. */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns the texts of each request so far. */
    public List<List<String>> asked() {
        return asked;
    }

    /** Holds all answers back from now on. */
    public void hold() {
        turns.drainPermits();
    }

    /** Lets some answers go. */
    public void answer(int requests) {
        turns.release(requests);
    }

    /** Lets all answers go. */
    public void answerAll() {
        turns.release(ALL);
    }

    void refuseMoreThan(int texts) {
        mostTexts = texts;
    }

    /** Returns the vector of a text. */
    static List<Float> vector(String text) {
        return List.of((float) text.length(), (float) (text.hashCode() & 0xffff), 1f);
    }

    @Override
    public void close() {
        answerAll();
        server.stop(0);
    }

    private String tags() {
        return "{\"models\":[{\"name\":\"m:latest\",\"model\":\"m:latest\",\"digest\":\"" + digest + "\",\"size\":1}]}";
    }

    private void embed(HttpExchange exchange, boolean isOpenAi) throws IOException {
        Map<String, ?> request = PlainJson.parseObject("a request", new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        Object input = request.get("input");
        List<String> texts = input instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of(String.valueOf(input));
        asked.add(texts);
        turns.acquireUninterruptibly();
        if (texts.size() > mostTexts) {
            answer(exchange, 422, "{\"error\":\"batch size " + texts.size() + " > maximum allowed batch size " + mostTexts + "\"}");
        } else if (texts.contains("unfit")) {
            answer(exchange, 400, "{\"error\":\"the input length exceeds the context length\"}");
        } else {
            answer(exchange, 200, isOpenAi ? openAi(texts, "base64".equals(request.get("encoding_format"))) : ollama(texts));
        }
    }

    private static String ollama(List<String> texts) {
        return "{\"model\":\"m\",\"embeddings\":" + texts.stream().map(EmbeddingServer::vector).toList()
                + ",\"total_duration\":9,\"load_duration\":1,\"prompt_eval_count\":" + tokens(texts) + "}";
    }

    private static String openAi(List<String> texts, boolean isBase64) {
        String data = IntStream.range(0, texts.size())
                .mapToObj(index -> "{\"object\":\"embedding\",\"index\":" + index + ",\"embedding\":"
                        + (isBase64 ? "\"" + base64(vector(texts.get(index))) + "\"" : vector(texts.get(index))) + "}")
                .collect(Collectors.joining(","));
        return "{\"object\":\"list\",\"data\":[" + data + "],\"model\":\"m\",\"usage\":{\"prompt_tokens\":" + tokens(texts)
                + ",\"total_tokens\":" + tokens(texts) + "}}";
    }

    private static int tokens(List<String> texts) {
        return texts.stream().mapToInt(text -> text.length() + 1).sum();
    }

    private static String base64(List<Float> vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        vector.forEach(bytes::putFloat);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
