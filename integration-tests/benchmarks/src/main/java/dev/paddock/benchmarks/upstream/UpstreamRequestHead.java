package dev.paddock.benchmarks.upstream;

import java.io.IOException;

/**
 * What the start of a request says.
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
