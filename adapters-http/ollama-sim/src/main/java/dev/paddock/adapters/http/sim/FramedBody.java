package dev.paddock.adapters.http.sim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A body as it goes to the wire: the head leaves together with the first line, every line is a segment of its own. */
final class FramedBody implements BodyStream {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private final PacedSegmentWriter wire;
    private final SimulatedBodyFraming framing;
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();

    FramedBody(PacedSegmentWriter wire, SimulatedBodyFraming framing, byte[] head) {
        this.wire = wire;
        this.framing = framing;
        unsent.writeBytes(head);
    }

    @Override
    public void line(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        if (framing == SimulatedBodyFraming.CHUNKED) {
            unsent.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            unsent.writeBytes(bytes);
            unsent.writeBytes(CRLF);
        } else {
            unsent.writeBytes(bytes);
        }
        flush();
    }

    @Override
    public void end() {
        if (framing == SimulatedBodyFraming.CHUNKED) {
            unsent.writeBytes(LAST_CHUNK);
        }
        flush();
    }

    /** Sends what is waiting, without ending the body. */
    void flush() {
        if (unsent.size() > 0) {
            wire.send(unsent.toByteArray());
            unsent.reset();
        }
    }
}
