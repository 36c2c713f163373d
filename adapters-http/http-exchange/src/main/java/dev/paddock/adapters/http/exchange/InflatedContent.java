package dev.paddock.adapters.http.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses a body while it arrives. The first read opens the decoder, because that reads from the connection; an empty body is
 * empty content. Not thread-safe.
 */
final class InflatedContent extends InputStream {

    private static final int BUFFER_SIZE = 8 * 1024;

    private final Format format;
    private final PushbackInputStream body;
    private @Nullable InputStream decoder;
    private boolean ended;

    InflatedContent(Format format, InputStream body) {
        this.format = format;
        this.body = new PushbackInputStream(body, 2);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        InputStream opened = decoder == null ? open() : decoder;
        decoder = opened;
        int read = opened.read(buffer, offset, length);
        ended = read < 0;
        return read;
    }

    @Override
    public void close() throws IOException {
        if (decoder != null) {
            decoder.close();
        }
    }

    private InputStream open() throws IOException {
        int first = body.read();
        if (first < 0) {
            return InputStream.nullInputStream();
        }
        int second = body.read();
        if (second >= 0) {
            body.unread(second);
        }
        body.unread(first);
        return switch (format) {
            case GZIP -> new GZIPInputStream(body, BUFFER_SIZE);
            case DEFLATE -> new InflatingStream(body, new Inflater(!isZlib(first, second)));
        };
    }

    /** HTTP means zlib by deflate (RFC 1950), but some servers send the compressed data without its header (RFC 1951). */
    private static boolean isZlib(int first, int second) {
        return (first & 0x0f) == 8 && ((first << 8) | second) % 31 == 0;
    }

    /** The formats of compressed data that can be read. */
    enum Format {
        GZIP,
        DEFLATE;

        /** Returns the format of a content coding in lower case, or null when it cannot be read. */
        static @Nullable Format find(String coding) {
            return switch (coding) {
                case "gzip", "x-gzip" -> GZIP;
                case "deflate" -> DEFLATE;
                default -> null;
            };
        }
    }

    /** Closes its inflater, which its superclass does not do with one of others. */
    private static final class InflatingStream extends InflaterInputStream {

        private InflatingStream(InputStream body, Inflater inflater) {
            super(body, inflater, BUFFER_SIZE);
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }
}
