package dev.paddock.benchmarks.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Takes requests out of bytes that arrive in whatever pieces, and keeps of a body only what routing needs. */
final class RequestReader {

    private static final int HEX = 16;
    private static final UpstreamRequestHead NONE = new UpstreamRequestHead("", 0, false);

    private enum ParserState { HEAD, LENGTH, CHUNK_LINE, CHUNK_DATA, CHUNK_END, TRAILER }

    private final BodySample body = new BodySample();
    private byte[] line = new byte[1024];
    private ParserState stage = ParserState.HEAD;
    private UpstreamRequestHead head = NONE;
    /** The bytes of the body or chunk that have not arrived yet. */
    private long remaining;

    /** The request that was read last. */
    UpstreamRequestHead head() {
        return head;
    }

    /** The body of the request that was read last, until the next is read. */
    BodySample body() {
        return body;
    }

    /** Consumes the available input and returns whether a request is complete. */
    boolean read(ByteBuffer input) throws IOException {
        while (true) {
            ParserState before = stage;
            int position = input.position();
            if (step(input)) {
                return true;
            }
            if (stage == before && input.position() == position) {
                return false;
            }
        }
    }

    private boolean step(ByteBuffer input) throws IOException {
        return switch (stage) {
            case HEAD -> readHead(input);
            case LENGTH -> takeBody(input) && complete();
            case CHUNK_LINE -> readChunkLine(input);
            case CHUNK_DATA -> takeBody(input) && moveTo(ParserState.CHUNK_END);
            case CHUNK_END -> lineLength(input) >= 0 && takeLine(input).isEmpty() && moveTo(ParserState.CHUNK_LINE);
            case TRAILER -> lineLength(input) >= 0 && takeLine(input).isEmpty() && complete();
        };
    }

    private boolean readHead(ByteBuffer input) throws IOException {
        int length = headLength(input);
        if (length < 0) {
            return false;
        }
        head = UpstreamRequestHead.parse(text(input, length));
        input.position(input.position() + 2);
        body.clear();
        if (head.length() == UpstreamRequestHead.CHUNKED) {
            return moveTo(ParserState.CHUNK_LINE);
        }
        remaining = head.length();
        return moveTo(ParserState.LENGTH);
    }

    private boolean readChunkLine(ByteBuffer input) throws IOException {
        if (lineLength(input) < 0) {
            return false;
        }
        String size = takeLine(input);
        int extension = size.indexOf(';');
        remaining = Long.parseLong(extension < 0 ? size : size.substring(0, extension).strip(), HEX);
        return moveTo(remaining == 0 ? ParserState.TRAILER : ParserState.CHUNK_DATA);
    }

    private boolean takeBody(ByteBuffer input) {
        int count = (int) Math.min(remaining, input.remaining());
        body.add(input, count);
        remaining -= count;
        return remaining == 0;
    }

    private boolean complete() {
        stage = ParserState.HEAD;
        return true;
    }

    private boolean moveTo(ParserState next) {
        stage = next;
        return false;
    }

    /** Up to and with the end of the last line before the empty one; -1 while that has not arrived. */
    private static int headLength(ByteBuffer input) {
        for (int index = input.position() + 3; index < input.limit(); index++) {
            if (input.get(index) == '\n' && input.get(index - 1) == '\r' && input.get(index - 2) == '\n') {
                return index - 1 - input.position();
            }
        }
        return -1;
    }

    private static int lineLength(ByteBuffer input) {
        for (int index = input.position(); index < input.limit(); index++) {
            if (input.get(index) == '\n') {
                return index + 1 - input.position();
            }
        }
        return -1;
    }

    private String takeLine(ByteBuffer input) {
        return text(input, lineLength(input)).strip();
    }

    private String text(ByteBuffer input, int length) {
        if (length > line.length) {
            line = new byte[length];
        }
        input.get(line, 0, length);
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }

    /**
     * The head of a request.
     *
     * @param target method and path, such as {@code GET /counts}
     * @param length of the body in bytes, or {@link #CHUNKED}
     * @param close whether the client wants no further answer on this connection
     */
    record UpstreamRequestHead(String target, long length, boolean close) {

        static final long CHUNKED = -1;

        private static final String LINE_END = "\r\n";
        private static final String LENGTH = "content-length:";
        private static final String CODING = "transfer-encoding:";
        private static final String CONNECTION = "connection:";

        static UpstreamRequestHead parse(String text) throws IOException {
            int firstEnd = text.indexOf(LINE_END);
            int version = text.lastIndexOf(" HTTP/1.", firstEnd);
            if (version < 0) {
                throw new IOException("not a request");
            }
            long length = 0;
            boolean close = text.startsWith(" HTTP/1.0", version);
            int end;
            for (int start = firstEnd + 2; start < text.length(); start = end + 2) {
                end = text.indexOf(LINE_END, start);
                if (starts(text, start, LENGTH)) {
                    length = Long.parseLong(text.substring(start + LENGTH.length(), end).strip());
                } else if (starts(text, start, CODING)) {
                    length = CHUNKED;
                } else if (starts(text, start, CONNECTION)) {
                    close = starts(text, end - 5, "close") || (close && !starts(text, end - 10, "keep-alive"));
                }
            }
            return new UpstreamRequestHead(text.substring(0, version), length, close);
        }

        private static boolean starts(String text, int from, String expected) {
            return text.regionMatches(true, from, expected, 0, expected.length());
        }
    }
}
