package dev.paddock.adapters.http.sim.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.adapters.http.sim.format.ContentTypes;
import dev.paddock.adapters.http.sim.format.GoJson;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes the response of one exchange, with the headers Go's server adds and the faults a script asks for. */
public final class SimulatedResponseWriter {
    /** Go's server knows the length of a body only when all of it fits the buffer of this size. */
    private static final int LENGTH_LIMIT = 2_048;
    private static final DateTimeFormatter DATE =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private final SimulatedExchange exchange;
    private final boolean shuffledKeys;
    private final Map<String, String> commonHeaders = new LinkedHashMap<>();
    private boolean started;

    SimulatedResponseWriter(SimulatedExchange exchange, boolean shuffledKeys) {
        this.exchange = exchange;
        this.shuffledKeys = shuffledKeys;
    }

    /** Adds a header to the response that follows. */
    public void header(String name, String value) {
        commonHeaders.put(name, value);
    }

    public boolean started() {
        return started;
    }

    /** The text of a value, with its keys in another order when this exchange wants that. */
    public String text(JsonNode node) {
        return GoJson.text(shuffledKeys ? GoJson.backwards(node) : node);
    }

    /** Responds 200 with JSON as the native API sends it. */
    public void json(JsonNode node) {
        respond(SimulatedResponse.json(200, text(node)));
    }

    /** Responds with JSON and a line feed, as the other APIs do. */
    public void jsonLine(int status, JsonNode node) {
        respond(SimulatedResponse.of(status, ContentTypes.BARE_JSON, text(node) + "\n"));
    }

    public void respond(SimulatedResponse response) {
        byte[] bytes = GoJson.bytes(response.body());
        ResponseBody body = bytes.length <= LENGTH_LIMIT
            ? open(response, "Content-Length", String.valueOf(bytes.length + missingBytes())) : open(response);
        if (!isHead()) {
            body.line(bytes);
        }
        body.end();
        finish();
    }

    /** Starts a response that is streamed; {@link #finish} must be called after its end. */
    public ResponseBody stream(String contentType) {
        return open(SimulatedResponse.of(200, contentType, ""));
    }

    private ResponseBody open(SimulatedResponse response) {
        boolean chunkable = "HTTP/1.1".equals(exchange.request().version()) && !isHead();
        return chunkable ? open(response, "Transfer-Encoding", "chunked") : open(response, "", "");
    }

    private boolean isHead() {
        return "HEAD".equals(exchange.request().method());
    }

    private ResponseBody open(SimulatedResponse response, String framing, String value) {
        started = true;
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(HttpResponseStatus.valueOf(response.status()))
            .append("\r\n");
        commonHeaders.forEach((name, each) -> append(head, name, each));
        response.headers().forEach((name, each) -> append(head, name, each));
        if (!response.contentType().isEmpty()) {
            append(head, "Content-Type", response.contentType());
        }
        append(head, "Date", DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
        if (!framing.isEmpty()) {
            append(head, framing, value);
        }
        if (!keepsConnection()) {
            append(head, "Connection", "close");
        }
        return new ResponseBody(exchange, "chunked".equals(value), head.append("\r\n").toString());
    }

    private static void append(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private int missingBytes() {
        return exchange.faults().find(Fault.ExcessContentLength.class).map(Fault.ExcessContentLength::missingBytes)
            .orElse(0);
    }

    private boolean keepsConnection() {
        return exchange.keepAlive() && !exchange.faults().has(Fault.Quirk.CONNECTION_CLOSE);
    }

    /** Closes the connection when the response, the client or a fault wants that. */
    public void finish() {
        exchange.faults().find(Fault.CloseAfterResponse.class)
            .ifPresent(fault -> exchange.wire().close(fault.ending()));
        if (!keepsConnection() || missingBytes() > 0) {
            exchange.wire().close(TcpClose.CLOSE);
        }
    }
}
