package dev.paddock.adapters.http.sim.exchange;

import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultPlan;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A response body with the faults of its exchange: the head goes out together with the first line, and every line is a
 * segment of its own.
 */
public final class ResponseBody {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    private final SegmentWriter wire;
    private final FaultPlan faults;
    private final boolean chunked;
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream joined = new ByteArrayOutputStream();
    private byte[] heldBack = {};
    private int lines;

    ResponseBody(SimulatedExchange exchange, boolean chunked, String head) {
        this.wire = exchange.wire();
        this.faults = exchange.faults();
        this.chunked = chunked;
        unsent.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends one line, at once. */
    public void line(byte[] bytes) {
        if (faults.faults().isEmpty()) {
            sendChunk(bytes);
            return;
        }
        int index = lines++;
        faults.at(index, Fault.CutLine.class).ifPresent(cut -> {
            sendChunk(Arrays.copyOf(bytes, bytes.length / 2));
            wire.abort(cut.ending());
        });
        byte[] sent = faults.at(index, Fault.MalformedLine.class).isPresent() ? malformed(bytes) : bytes;
        if (faults.has(Fault.Quirk.NO_FINAL_LINE_FEED)) {
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
        if (count % faults.find(Fault.JoinLines.class).map(Fault.JoinLines::lines).orElse(1) == 0) {
            sendJoined();
        }
    }

    private void sendJoined() {
        byte[] bytes = joined.toByteArray();
        joined.reset();
        boolean everywhere = faults.has(Fault.Quirk.SPLIT_EVERY_BYTE);
        boolean insideCharacters = faults.has(Fault.Quirk.SPLIT_INSIDE_CHARACTERS);
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
            unsent.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        unsent.writeBytes(bytes);
        if (chunked) {
            unsent.writeBytes(CRLF);
        }
        flush();
    }

    /** Ends the body. */
    public void end() {
        if (heldBack.length > 0) {
            boolean fed = heldBack[heldBack.length - 1] == '\n';
            joined.writeBytes(fed ? Arrays.copyOf(heldBack, heldBack.length - 1) : heldBack);
        }
        sendJoined();
        if (faults.has(Fault.Quirk.NO_LAST_CHUNK)) {
            flush();
            wire.abort(TcpClose.CLOSE);
        }
        if (chunked) {
            unsent.writeBytes(LAST_CHUNK);
        }
        flush();
    }

    private void flush() {
        if (unsent.size() > 0) {
            wire.send(unsent.toByteArray());
            unsent.reset();
        }
    }
}
