package dev.paddock.adapters.http.sim.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.adapters.http.sim.format.ContentTypes;
import dev.paddock.adapters.http.sim.format.GoJson;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the response of one exchange, with the headers Go's server adds and the faults a script asks for. The head
 * goes out together with the first line of the body, and every line is a segment of its own.
 */
public final class SimulatedResponseWriter {
    /** Go's server knows the length of a body only when all of it fits the buffer of this size. */
    private static final int LENGTH_LIMIT = 2_048;
    private static final DateTimeFormatter DATE =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    private final SimulatedExchange exchange;
    private final boolean shuffledKeys;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream joined = new ByteArrayOutputStream();
    private byte[] heldBack = {};
    private int lines;
    private boolean started;
    private boolean chunked;

    SimulatedResponseWriter(SimulatedExchange exchange, boolean shuffledKeys) {
        this.exchange = exchange;
        this.shuffledKeys = shuffledKeys;
    }

    private FaultScript faults() {
        return exchange.faults();
    }

    /** Adds a header to the response that follows. */
    public void header(String name, String value) {
        headers.put(name, value);
    }

    public boolean started() {
        return started;
    }

    /** The text of a value, with its keys in another order when this exchange wants that. */
    public String text(JsonNode node) {
        return GoJson.text(shuffledKeys || faults().has(Fault.Quirk.SHUFFLED_KEYS) ? GoJson.backwards(node) : node);
    }

    /** Responds 200 with JSON as the native API sends it. */
    public void json(JsonNode node) {
        respond(200, ContentTypes.JSON, text(node));
    }

    /** Responds with JSON and a line feed, as the other APIs do. */
    public void jsonLine(int status, JsonNode node) {
        respond(status, ContentTypes.BARE_JSON, text(node) + "\n");
    }

    /** Responds without a body. */
    public void respond(int status) {
        respond(status, "", "");
    }

    /** Responds with a body that is not streamed; an empty content type is not sent. */
    public void respond(int status, String contentType, String text) {
        byte[] bytes = GoJson.bytes(text);
        if (bytes.length <= LENGTH_LIMIT) {
            open(status, contentType, "Content-Length", String.valueOf(bytes.length + missingBytes()));
        } else {
            open(status, contentType);
        }
        if (!isHead()) {
            line(bytes);
        }
        end();
    }

    /** Starts a response that is streamed, unless it has been started; {@link #end} must be called after its lines. */
    public void stream(String contentType) {
        if (!started) {
            open(200, contentType);
        }
    }

    private void open(int status, String contentType) {
        chunked = "HTTP/1.1".equals(exchange.request().version()) && !isHead();
        open(status, contentType, chunked ? "Transfer-Encoding" : "", "chunked");
    }

    private boolean isHead() {
        return "HEAD".equals(exchange.request().method());
    }

    private void open(int status, String contentType, String framing, String value) {
        started = true;
        append("HTTP/1.1 " + HttpResponseStatus.valueOf(status) + "\r\n");
        headers.forEach(this::appendHeader);
        if (!contentType.isEmpty()) {
            appendHeader("Content-Type", contentType);
        }
        appendHeader("Date", DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
        if (!framing.isEmpty()) {
            appendHeader(framing, value);
        }
        if (!keepsConnection()) {
            appendHeader("Connection", "close");
        }
        append("\r\n");
    }

    private void appendHeader(String name, String value) {
        append(name + ": " + value + "\r\n");
    }

    private void append(String text) {
        unsent.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private int missingBytes() {
        return faults().find(Fault.ExcessContentLength.class).map(Fault.ExcessContentLength::missingBytes).orElse(0);
    }

    private boolean keepsConnection() {
        return exchange.keepAlive() && !faults().has(Fault.Quirk.CONNECTION_CLOSE);
    }

    /** Sends one line of the body, at once. */
    public void line(byte[] bytes) {
        if (faults().faults().isEmpty()) {
            sendChunk(bytes);
            return;
        }
        int index = lines++;
        faults().at(index, Fault.CutLine.class).ifPresent(cut -> {
            sendChunk(Arrays.copyOf(bytes, bytes.length / 2));
            exchange.abort(cut.ending());
        });
        byte[] sent = faults().at(index, Fault.MalformedLine.class).isPresent() ? malformed(bytes) : bytes;
        if (faults().has(Fault.Quirk.NO_FINAL_LINE_FEED)) {
            join(heldBack, index);
            heldBack = sent;
        } else {
            join(sent, index + 1);
        }
    }

    private static byte[] malformed(byte[] bytes) {
        byte[] half = Arrays.copyOf(bytes, bytes.length / 2 + 1);
        half[half.length - 1] = '\n';
        return half;
    }

    private void join(byte[] bytes, int count) {
        joined.writeBytes(bytes);
        if (count % faults().find(Fault.JoinLines.class).map(Fault.JoinLines::lines).orElse(1) == 0) {
            sendJoined();
        }
    }

    private void sendJoined() {
        byte[] bytes = joined.toByteArray();
        joined.reset();
        boolean everywhere = faults().has(Fault.Quirk.SPLIT_EVERY_BYTE);
        boolean insideCharacters = faults().has(Fault.Quirk.SPLIT_INSIDE_CHARACTERS);
        int start = 0;
        for (int position = 1; position < bytes.length; position++) {
            boolean continuation = (bytes[position] & CONTINUATION_MASK) == CONTINUATION;
            if (everywhere || (insideCharacters && continuation)) {
                sendChunk(Arrays.copyOfRange(bytes, start, position));
                start = position;
            }
        }
        sendChunk(Arrays.copyOfRange(bytes, start, bytes.length));
    }

    private void sendChunk(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        if (chunked) {
            append(Integer.toHexString(bytes.length) + "\r\n");
        }
        unsent.writeBytes(bytes);
        if (chunked) {
            append("\r\n");
        }
        flush();
    }

    private void flush() {
        if (unsent.size() > 0) {
            exchange.send(unsent.toByteArray());
            unsent.reset();
        }
    }

    /** Ends the response, and closes the connection when the response, the client or a fault wants that. */
    public void end() {
        if (heldBack.length > 0) {
            boolean fed = heldBack[heldBack.length - 1] == '\n';
            joined.writeBytes(fed ? Arrays.copyOf(heldBack, heldBack.length - 1) : heldBack);
        }
        sendJoined();
        if (faults().has(Fault.Quirk.NO_LAST_CHUNK)) {
            flush();
            exchange.abort(TcpClose.CLOSE);
        }
        if (chunked) {
            append("0\r\n\r\n");
        }
        flush();
        faults().find(Fault.CloseAfterResponse.class).ifPresent(fault -> exchange.close(fault.ending()));
        if (!keepsConnection() || missingBytes() > 0) {
            exchange.close(TcpClose.CLOSE);
        }
    }
}
