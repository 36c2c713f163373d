package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultPlan;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A body whose lines suffer what the script says before they reach the wire. */
final class FaultyBody implements BodyStream {
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    private final FramedBody next;
    private final PacedSegmentWriter wire;
    private final FaultPlan faults;
    private final ByteArrayOutputStream joined = new ByteArrayOutputStream();
    private byte[] heldBack = {};
    private int lines;

    FaultyBody(FramedBody next, PacedSegmentWriter wire, FaultPlan faults) {
        this.next = next;
        this.wire = wire;
        this.faults = faults;
    }

    @Override
    public void line(byte[] bytes) {
        int index = lines++;
        faults.find(Fault.CutLine.class).filter(cut -> cut.afterLines() == index).ifPresent(cut -> {
            next.line(Arrays.copyOf(bytes, bytes.length / 2));
            wire.end(cut.ending());
        });
        byte[] sent = faults.find(Fault.MalformedLine.class).filter(fault -> fault.afterLines() == index).isPresent()
            ? malformed(bytes) : bytes;
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
        int group = faults.find(Fault.JoinLines.class).map(Fault.JoinLines::lines).orElse(1);
        joined.writeBytes(bytes);
        if (count % group == 0) {
            release();
        }
    }

    private void release() {
        byte[] bytes = joined.toByteArray();
        joined.reset();
        if (faults.has(Fault.Quirk.SPLIT_EVERY_BYTE)) {
            for (byte single : bytes) {
                next.line(new byte[] {single});
            }
            return;
        }
        if (faults.has(Fault.Quirk.SPLIT_INSIDE_CHARACTERS)) {
            splitInsideCharacters(bytes);
            return;
        }
        next.line(bytes);
    }

    private void splitInsideCharacters(byte[] bytes) {
        int start = 0;
        for (int position = 1; position < bytes.length; position++) {
            if ((bytes[position] & CONTINUATION_MASK) == CONTINUATION) {
                next.line(Arrays.copyOfRange(bytes, start, position));
                start = position;
            }
        }
        next.line(Arrays.copyOfRange(bytes, start, bytes.length));
    }

    @Override
    public void end() {
        if (heldBack.length > 0) {
            boolean fed = heldBack[heldBack.length - 1] == '\n';
            joined.writeBytes(fed ? Arrays.copyOf(heldBack, heldBack.length - 1) : heldBack);
        }
        release();
        if (faults.has(Fault.Quirk.NO_LAST_CHUNK)) {
            next.flush();
            wire.end(TcpClose.CLOSE);
        }
        next.end();
    }
}
