package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.exchange.Framing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Feeds a body to a splitter in pieces, always through the same small buffer, as a connection would. */
final class Splitting {

    private final FrameSplitter splitter;
    private final List<String> frames = new ArrayList<>();

    private Splitting(FrameSplitter splitter) {
        this.splitter = splitter;
    }

    static List<String> whole(Framing framing, byte[] body) {
        return inPieces(framing, body, new int[] {body.length});
    }

    static List<String> cutAt(Framing framing, byte[] body, int offset) {
        return inPieces(framing, body, new int[] {offset, body.length - offset});
    }

    static List<String> byteByByte(Framing framing, byte[] body) {
        int[] ones = new int[body.length];
        Arrays.fill(ones, 1);
        return inPieces(framing, body, ones);
    }

    static List<String> atRandom(Framing framing, byte[] body, Random random) {
        return inPieces(framing, body, random(body.length, random));
    }

    static List<String> inPieces(Framing framing, byte[] body, int[] pieces) {
        return inPieces(framing, 1 << 20, body, pieces);
    }

    static List<String> verbatim(Framing framing, byte[] body, int[] pieces) {
        return inPieces(FrameSplitter.verbatim(framing, 1 << 20), body, pieces);
    }

    static int[] random(int length, Random random) {
        List<Integer> pieces = new ArrayList<>();
        int left = length;
        while (left > 0) {
            int piece = Math.min(left, random.nextInt(1 + random.nextInt(40)));
            pieces.add(piece);
            left -= piece;
        }
        return pieces.stream().mapToInt(Integer::intValue).toArray();
    }

    static List<String> inPieces(Framing framing, int longestFrame, byte[] body, int[] pieces) {
        return inPieces(FrameSplitter.of(framing, longestFrame), body, pieces);
    }

    static List<String> inPieces(FrameSplitter splitter, byte[] body, int[] pieces) {
        Splitting splitting = new Splitting(splitter);
        byte[] buffer = new byte[Arrays.stream(pieces).max().orElse(0) + 3];
        int offset = 0;
        for (int piece : pieces) {
            Arrays.fill(buffer, (byte) '\n'); // whoever looks at bytes of an earlier feed sees line ends
            System.arraycopy(body, offset, buffer, 3, piece);
            splitting.feed(buffer, piece);
            offset += piece;
        }
        splitting.add(splitting.splitter.finish());
        return splitting.frames;
    }

    private void feed(byte[] buffer, int piece) {
        splitter.feed(buffer, 3, piece);
        for (byte[] frame = splitter.poll(); frame != null; frame = splitter.poll()) {
            add(frame);
        }
    }

    private void add(byte[] frame) {
        if (frame != null) {
            frames.add(new String(frame, UTF_8));
        }
    }
}
