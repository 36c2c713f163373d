package dev.paddock.adapters.http.bridge;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Frame;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer as a stream of bytes. Read by one thread, closed by any. */
final class FrameInputStream extends InputStream {

    private static final byte[] NOTHING = {};

    private final ForeignResponse response;
    private byte[] piece = NOTHING;
    private int position;

    FrameInputStream(ForeignResponse response) {
        this.response = response;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == piece.length) {
            if (!advance()) {
                return -1;
            }
        }
        int count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean advance() throws IOException {
        try {
            Frame frame = response.next();
            if (frame == null) {
                return false;
            }
            piece = frame.bytes();
            position = 0;
            return true;
        } catch (LlmException failure) {
            throw CallFailedException.of(failure);
        }
    }

    @Override
    public int available() {
        return piece.length - position;
    }

    @Override
    public void close() {
        response.close();
    }
}
