package dev.paddock.domain.reuse;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import java.util.List;

/**
 * A complete answer, as it was received.
 *
 * @param headers the fields of its head that belong to its content; those about the connection, the time and the caller are left out
 * @param framing how it is divided into frames
 * @param frames its frames, whose bytes together are its body; they must not be changed
 */
public record RecordedAnswer(Headers headers, Framing framing, List<Frame> frames) {

    public RecordedAnswer {
        requireNonNull(headers, "headers");
        requireNonNull(framing, "framing");
        frames = List.copyOf(frames);
    }

    /** Returns the number of bytes of the body. */
    public long length() {
        long length = 0;
        for (Frame frame : frames) {
            length += frame.bytes().length;
        }
        return length;
    }

    /** Returns the body in one array. */
    public byte[] body() {
        if (frames.size() == 1) {
            return frames.getFirst().bytes();
        }
        byte[] body = new byte[Math.toIntExact(length())];
        int count = 0;
        for (Frame frame : frames) {
            System.arraycopy(frame.bytes(), 0, body, count, frame.bytes().length);
            count += frame.bytes().length;
        }
        return body;
    }
}
