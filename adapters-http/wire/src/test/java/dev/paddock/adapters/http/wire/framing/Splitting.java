package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Feeds a body to a splitter in pieces, always through the same small buffer, as a connection would. */
final class Splitting {

    private final FrameSplitter splitter;
    private final List<Frame> frames = new ArrayList<>();

    private Splitting(FrameSplitter splitter) {
        this.splitter = splitter;
    }

    static List<Frame> whole(Framing framing, byte[] body) {
        return inPieces(framing, body, new int[] {body.length});
    }

    static List<Frame> cutAt(Framing framing, byte[] body, int offset) {
        return inPieces(framing, body, new int[] {offset, body.length - offset});
    }

    static List<Frame> byteByByte(Framing framing, byte[] body) {
        int[] ones = new int[body.length];
        Arrays.fill(ones, 1);
        return inPieces(framing, body, ones);
    }

    static List<Frame> atRandom(Framing framing, byte[] body, Random random) {
        return inPieces(framing, body, random(body.length, random));
    }

    static List<Frame> inPieces(Framing framing, byte[] body, int[] pieces) {
        return inPieces(framing, 1 << 20, body, pieces);
    }

    static List<Frame> inPieces(Framing framing, int longestFrame, byte[] body, int[] pieces) {
        Splitting splitting = new Splitting(FrameSplitter.of(framing, longestFrame));
        byte[] buffer = new byte[Arrays.stream(pieces).max().orElse(0) + 3];
        int offset = 0;
        for (int piece : pieces) {
            Arrays.fill(buffer, (byte) '\n'); // a splitter that reads bytes of an earlier feed finds line ends
            System.arraycopy(body, offset, buffer, 3, piece);
            splitting.feed(buffer, piece);
            offset += piece;
        }
        Frame rest = splitting.splitter.finish();
        if (rest != null) {
            splitting.frames.add(rest);
        }
        return splitting.frames;
    }

    /** Returns the bytes of each frame, as text. */
    static List<String> bytes(List<Frame> frames) {
        return frames.stream().map(frame -> new String(frame.bytes(), UTF_8)).toList();
    }

    /** Returns the content of each frame that has some, as text. */
    static List<String> contents(List<Frame> frames) {
        return frames.stream().filter(Frame::hasContent).map(Splitting::content).toList();
    }

    /** Returns bytes and content of each frame, as text. */
    static List<String> all(List<Frame> frames) {
        return frames.stream().map(frame -> new String(frame.bytes(), UTF_8) + "|" + content(frame)).toList();
    }

    private static String content(Frame frame) {
        return new String(frame.bytes(), frame.contentOffset(), frame.contentLength(), UTF_8);
    }

    private static int[] random(int length, Random random) {
        List<Integer> pieces = new ArrayList<>();
        int left = length;
        while (left > 0) {
            int piece = Math.min(left, random.nextInt(1 + random.nextInt(40)));
            pieces.add(piece);
            left -= piece;
        }
        return pieces.stream().mapToInt(Integer::intValue).toArray();
    }

    private void feed(byte[] buffer, int piece) {
        splitter.feed(buffer, 3, piece);
        for (Frame frame = splitter.poll(); frame != null; frame = splitter.poll()) {
            frames.add(frame);
        }
    }
}
