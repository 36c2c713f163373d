package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.adapters.http.sim.json.GoJson;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes the response of one exchange, with the headers Go's server adds and the faults a script asks for. */
final class SimulatedResponseWriter {
    /** Go's server knows the length of a body only when all of it fits the buffer of this size. */
    private static final int LENGTH_LIMIT = 2_048;
    private static final DateTimeFormatter DATE =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private final SimulatedExchange exchange;
    private final PacedSegmentWriter wire;
    private final Map<String, String> commonHeaders = new LinkedHashMap<>();
    private boolean started;

    SimulatedResponseWriter(SimulatedExchange exchange) {
        this.exchange = exchange;
        this.wire = new PacedSegmentWriter(exchange);
    }

    /** Adds a header to whatever is answered later. */
    void header(String name, String value) {
        commonHeaders.put(name, value);
    }

    boolean started() {
        return started;
    }

    String text(JsonNode node) {
        return GoJson.text(exchange.shuffled() ? GoJson.backwards(node) : node);
    }

    void json(int status, JsonNode node) {
        respond(SimulatedResponse.json(status, text(node)));
    }

    void respond(SimulatedResponse reply) {
        byte[] bytes = GoJson.bytes(reply.body());
        SimulatedBodyFraming framing = bytes.length <= LENGTH_LIMIT ? SimulatedBodyFraming.LENGTH : streamFraming();
        BodyStream body = open(reply, framing, bytes.length);
        if (!exchange.request().isHead()) {
            body.line(bytes);
        }
        body.end();
        finish();
    }

    BodyStream stream(String contentType) {
        return open(SimulatedResponse.of(200, contentType, ""), streamFraming(), 0);
    }

    private SimulatedBodyFraming streamFraming() {
        boolean chunkable = exchange.request().isVersionOneDotOne() && !exchange.request().isHead();
        return chunkable ? SimulatedBodyFraming.CHUNKED : SimulatedBodyFraming.UNTIL_CLOSE;
    }

    private BodyStream open(SimulatedResponse reply, SimulatedBodyFraming framing, int length) {
        started = true;
        FramedBody body = new FramedBody(wire, framing, head(reply, framing, length).getBytes(StandardCharsets.ISO_8859_1));
        return exchange.faults().faults().isEmpty() ? body : new FaultyBody(body, wire, exchange.faults());
    }

    private String head(SimulatedResponse reply, SimulatedBodyFraming framing, int length) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(HttpResponseStatus.valueOf(reply.status()))
            .append("\r\n");
        commonHeaders.forEach((name, value) -> append(head, name, value));
        reply.headers().forEach((name, value) -> append(head, name, value));
        if (!reply.contentType().isEmpty()) {
            append(head, "Content-Type", reply.contentType());
        }
        append(head, "Date", DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
        switch (framing) {
            case LENGTH -> append(head, "Content-Length", String.valueOf(length + missingBytes()));
            case CHUNKED -> append(head, "Transfer-Encoding", "chunked");
            case UNTIL_CLOSE -> { }
        }
        if (!keepsConnection()) {
            append(head, "Connection", "close");
        }
        return head.append("\r\n").toString();
    }

    private static void append(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private int missingBytes() {
        return exchange.faults().find(Fault.ExcessContentLength.class).map(Fault.ExcessContentLength::missingBytes).orElse(0);
    }

    private boolean keepsConnection() {
        return exchange.request().keepAlive() && !exchange.faults().has(Fault.Quirk.CONNECTION_CLOSE);
    }

    /** Ends the connection when the answer, the client or the script wants that. */
    void finish() {
        exchange.faults().find(Fault.CloseAfterResponse.class).ifPresent(end -> exchange.wire().end(end.ending()));
        if (!keepsConnection() || missingBytes() > 0) {
            exchange.wire().end(TcpClose.CLOSE);
        }
    }
}
