package dev.paddock.adapters.http.llm;

import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Frame;
import java.io.InputStream;

/** The frames of an answer as one stream of bytes; what the exchange throws passes through. Not thread-safe. */
final class FrameInputStream extends InputStream {

    private static final byte[] NOTHING = {};

    private final Exchange exchange;
    private byte[] current = NOTHING;
    private int position;
    private boolean ended;

    FrameInputStream(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public int read() {
        return hasBytes() ? current[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!hasBytes()) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, buffer, offset, count);
        position += count;
        return count;
    }

    private boolean hasBytes() {
        while (position == current.length && !ended) {
            Frame next = exchange.next();
            ended = next == null;
            current = next == null ? NOTHING : next.bytes();
            position = 0;
        }
        return position < current.length;
    }
}
