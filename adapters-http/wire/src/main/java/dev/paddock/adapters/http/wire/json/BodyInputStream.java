package dev.paddock.adapters.http.wire.json;

import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.RequestBody;
import java.io.InputStream;

/** The bytes of a request body as a stream. Confined to one thread. */
final class BodyInputStream extends InputStream {

    private final RequestBody body;
    private long position;

    BodyInputStream(RequestBody body) {
        this.body = body;
    }

    @Override
    public int read() {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (position == body.length()) {
            return -1;
        }
        BodyPiece piece = body.piece(position, length);
        System.arraycopy(piece.array(), piece.offset(), target, offset, piece.length());
        position += piece.length();
        return piece.length();
    }
}
