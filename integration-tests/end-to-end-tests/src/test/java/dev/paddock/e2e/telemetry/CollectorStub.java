package dev.paddock.e2e.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A collector that speaks OTLP over HTTP, as the specification of that protocol says, and keeps what it receives. */
final class CollectorStub implements AutoCloseable {

    private static final String PROTOBUF = "application/x-protobuf";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final Map<String, Metric> metrics = new ConcurrentHashMap<>(); // the newest of each name
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> resources = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final HttpServer server;
    private volatile boolean stalled;

    CollectorStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/traces", exchange -> receive(exchange, this::receiveTraces));
        server.createContext("/v1/metrics", exchange -> receive(exchange, this::receiveMetrics));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on no request is answered. */
    void stall() {
        stalled = true;
    }

    List<Span> spans() {
        return spans;
    }

    /** Returns the spans of a name. */
    List<Span> spans(String name) {
        return spans.stream().filter(span -> span.getName().equals(name)).toList();
    }

    Map<String, Metric> metrics() {
        return metrics;
    }

    /** Returns how many values a histogram has, of all series together. */
    long countOf(String histogram) {
        Metric metric = metrics.get(histogram);
        return metric == null ? 0 : metric.getHistogram().getDataPointsList().stream().mapToLong(HistogramDataPoint::getCount).sum();
    }

    /** Returns the series of a counter or a number that goes up and down. */
    List<NumberDataPoint> numbers(String name) {
        Metric metric = metrics.getOrDefault(name, Metric.getDefaultInstance());
        return Stream.of(metric.getSum().getDataPointsList(), metric.getGauge().getDataPointsList()).flatMap(List::stream).toList();
    }

    /** Returns everything that was received, as one text. */
    String everything() {
        return String.join("\n", bodies);
    }

    List<Map<String, String>> resources() {
        return resources;
    }

    /** Returns the header {@code x-api-key} of each request. */
    List<String> keys() {
        return keys;
    }

    static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, attribute -> text(attribute.getValue())));
    }

    static Map<String, String> attributes(Span span) {
        return attributes(span.getAttributesList());
    }

    static String hex(com.google.protobuf.ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case ARRAY_VALUE -> value.getArrayValue().getValuesList().stream().map(CollectorStub::text).toList().toString();
            default -> value.toString();
        };
    }

    private void receive(HttpExchange exchange, Reader reader) throws IOException {
        try (exchange; InputStream body = exchange.getRequestBody()) {
            byte[] bytes = body.readAllBytes();
            if (stalled) {
                released.await();
            }
            boolean isProtobuf = PROTOBUF.equals(exchange.getRequestHeaders().getFirst("Content-Type"));
            if (!exchange.getRequestMethod().equals("POST") || !isProtobuf) {
                exchange.sendResponseHeaders(415, -1);
                return;
            }
            if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
                bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
            }
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("x-api-key")));
            bodies.add(new String(bytes, StandardCharsets.UTF_8));
            reader.read(bytes);
            exchange.getResponseHeaders().set("Content-Type", PROTOBUF);
            exchange.sendResponseHeaders(200, -1); // an empty message is a whole one
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void receiveTraces(byte[] body) throws IOException {
        ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(resource -> {
            resources.add(attributes(resource.getResource().getAttributesList()));
            resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
        });
    }

    private void receiveMetrics(byte[] body) throws IOException {
        ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList().forEach(resource -> {
            resources.add(attributes(resource.getResource().getAttributesList()));
            resource.getScopeMetricsList().forEach(
                    scope -> scope.getMetricsList().forEach(metric -> metrics.put(metric.getName(), metric)));
        });
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** Reads a message. */
    @FunctionalInterface
    private interface Reader {

        void read(byte[] body) throws IOException;
    }
}
