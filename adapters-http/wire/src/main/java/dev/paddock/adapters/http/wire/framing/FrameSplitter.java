package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a body into frames, which together are the body, byte for byte. The frames do not depend on how the bytes are
 * spread over the calls of {@link #feed}. Blank lines and comments before the first content are a part of the first frame, so that
 * the first frame has content; later ones are frames without content.
 *
 * <p>Call {@code feed}, then {@link #poll} until it returns null, and so on; at the end of the body {@link #finish} once. A splitter is
 * not thread-safe, and cannot be used any more after it has thrown.
 */
public abstract sealed class FrameSplitter {

    final FrameBuffer bytes;
    private final ByteSearch lineEnds;

    private FrameSplitter(int longestFrame, ByteSearch lineEnds) {
        this.bytes = new FrameBuffer(longestFrame);
        this.lineEnds = lineEnds;
    }

    /**
     * Returns a splitter at the start of a body.
     *
     * @param framing how the body is divided: in lines or in events
     * @param longestFrame the most bytes that the content of a frame, or what precedes the content, may have; positive
     */
    public static FrameSplitter of(Framing framing, int longestFrame) {
        return switch (framing) {
            case LINES -> new LineSplitter(longestFrame);
            case EVENTS -> new EventSplitter(longestFrame);
            case DOCUMENT -> throw new IllegalArgumentException("a document is not cut");
        };
    }

    /**
     * Hands over the next bytes of the body. They are read by the calls of {@link #poll} that follow and must not change until one of
     * them has returned null; after that the buffer may be used again.
     *
     * @throws IllegalStateException if {@code poll} has not returned null since the last call
     */
    public final void feed(byte[] buffer, int offset, int length) {
        bytes.feed(buffer, offset, length);
    }

    /**
     * Returns the next complete frame in an array of its own, or null when more bytes are needed. It must be called until it returns
     * null before the next {@link #feed}.
     *
     * @throws dev.paddock.domain.error.MalformedResponseException if a frame is longer than allowed
     */
    public final @Nullable Frame poll() {
        while (bytes.skipBehind(lineEnds)) {
            Frame frame = endLine();
            if (frame != null) {
                return frame;
            }
        }
        bytes.drain();
        bytes.requireNotTooLong(contentStart());
        bytes.requireNotTooLong(contentEnd() - contentStart());
        return null;
    }

    /**
     * Returns the rest of the body, which has no line end, or null when there is none.
     *
     * <p>A line is content without its line end. An event that lacks the empty line is content when it has data: the standard would
     * drop it, but then a server that omits the last line end would seem to have truncated its answer.
     *
     * @throws dev.paddock.domain.error.MalformedResponseException if it is longer than allowed
     * @throws IllegalStateException if {@code poll} has not returned null since the last {@code feed}
     */
    public final @Nullable Frame finish() {
        bytes.requireDrained();
        if (bytes.length() == 0) {
            return null;
        }
        int start = contentStart();
        int length = contentEnd() - start;
        bytes.requireNotTooLong(length);
        Frame rest = bytes.take(start, length);
        return isContent(rest) ? rest : Frame.data(rest.bytes(), start, 0);
    }

    /** Handles the line end before the position; returns the frame that it completes, or null. */
    abstract @Nullable Frame endLine();

    abstract int contentStart();

    /** Returns the end of the content as far as it is known. */
    abstract int contentEnd();

    abstract boolean isContent(Frame rest);

    /**
     * Cuts lines. Only the byte 0x0A ends one: U+0085 and similar characters stand unescaped inside the strings of Ollama. A carriage
     * return before the line end is no content, nor is a line of nothing but white space. When the first line with content ends inside
     * its JSON, the body is one document in several lines, and thus one frame.
     */
    private static final class LineSplitter extends FrameSplitter {

        private static final ByteSearch LINE_END = ByteSearch.of('\n', '\n');

        private int lineStart;
        private boolean begun;
        private boolean indivisible;

        LineSplitter(int longestFrame) {
            super(longestFrame, LINE_END);
        }

        @Override
        @Nullable Frame endLine() {
            if (indivisible) {
                return null;
            }
            int start = lineStart;
            int end = withoutReturn(bytes.length() - 1);
            boolean blank = isBlank(start, end);
            if (!begun && blank) {
                lineStart = bytes.length();
                return null;
            }
            if (!begun) {
                begun = true;
                indivisible = JsonNesting.isOpen(bytes::at, start, end);
                if (indivisible) {
                    return null;
                }
            }
            bytes.requireNotTooLong(end - start);
            lineStart = 0;
            return bytes.take(start, blank ? 0 : end - start);
        }

        @Override
        int contentStart() {
            return lineStart;
        }

        @Override
        int contentEnd() {
            return withoutReturn(bytes.length());
        }

        @Override
        boolean isContent(Frame rest) {
            return !new String(rest.bytes(), rest.contentOffset(), rest.contentLength(), ISO_8859_1).isBlank();
        }

        private int withoutReturn(int end) {
            return end > lineStart && bytes.at(end - 1) == '\r' ? end - 1 : end;
        }

        private boolean isBlank(int from, int end) {
            for (int index = from; index < end; index++) {
                byte next = bytes.at(index);
                if (next != ' ' && next != '\t' && next != '\r' && next != '\n') {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Cuts server-sent events as the WHATWG HTML standard defines them: lines end with CR, LF or CRLF, an empty line ends an event, a
     * byte order mark at the start is ignored. The content is the lines of the event, without the end of the last one. An event of
     * nothing but comments has no content. When an LF belongs to the CR that ended an event, it stands at the start of the next frame.
     */
    private static final class EventSplitter extends FrameSplitter {

        private static final ByteSearch LINE_END = ByteSearch.of('\n', '\r');

        private boolean atStart = true; // of the body, where a byte order mark may stand
        private boolean afterReturn; // whether the last line ended with a CR, so that an LF belongs to it
        private boolean begun;
        private boolean hasField; // whether the event has a line that is no comment
        private int eventStart;
        private int lineStart;
        private int lastLineEnd; // of the event's lines, eventStart when it has none yet

        EventSplitter(int longestFrame) {
            super(longestFrame, LINE_END);
        }

        @Override
        @Nullable Frame endLine() {
            skipByteOrderMark();
            int length = bytes.length();
            int lineEnd = length - 1;
            boolean isReturn = bytes.at(lineEnd) == '\r';
            boolean endsReturn = afterReturn && !isReturn && lineEnd == lineStart;
            afterReturn = isReturn;
            if (lineStart < lineEnd) {
                hasField |= bytes.at(lineStart) != ':';
                lineStart = length;
                lastLineEnd = lineEnd;
                return null;
            }
            if (endsReturn && lastLineEnd > eventStart) {
                lineStart = length;
                return null;
            }
            return endsReturn ? beginEvent(length) : endEvent(length);
        }

        private @Nullable Frame endEvent(int length) {
            int contentStart = eventStart;
            int contentLength = lastLineEnd - eventStart;
            bytes.requireNotTooLong(contentLength);
            boolean isComment = !hasField;
            begun |= hasField;
            hasField = false;
            if (!begun) {
                return beginEvent(length);
            }
            beginEvent(0);
            return bytes.take(contentStart, isComment ? 0 : contentLength);
        }

        private @Nullable Frame beginEvent(int start) {
            eventStart = start;
            lineStart = start;
            lastLineEnd = start;
            return null;
        }

        @Override
        int contentStart() {
            skipByteOrderMark();
            return eventStart;
        }

        @Override
        int contentEnd() {
            return bytes.length() > lineStart ? bytes.length() : lastLineEnd;
        }

        @Override
        boolean isContent(Frame rest) {
            return SseEvent.parse(rest).hasData();
        }

        private void skipByteOrderMark() {
            if (!atStart || bytes.length() < 3) {
                return; // a shorter first line has none
            }
            atStart = false;
            if (bytes.at(0) == (byte) 0xEF && bytes.at(1) == (byte) 0xBB && bytes.at(2) == (byte) 0xBF) {
                beginEvent(3);
            }
        }
    }
}
