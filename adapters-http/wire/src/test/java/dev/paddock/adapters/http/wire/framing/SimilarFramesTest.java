package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is looked at only in part is found as in a whole scan. */
class SimilarFramesTest {

    private static final String USUAL = "{\"model\":\"m\",\"index\":0,\"created_at\":\"2026-11-22T12:00:00.123Z\",\"message\":{\"content\":\" a\"},\"done\":false}";

    private static final List<String> EDITS = List.of(
            "\"error\":", "\"error\" : {", "\"done\":true", "\"done_reason\":\"error", "\"type\":\"response.completed\"", "\"index\":", "\"msg\":\"", "\"", "\":",
            ":", ",", "{", "}", " ", "\\", "\\u0065rror\":", "\\u0015", "e", "t", "0", "1", "27", "n", "null", "rror", "");

    private static boolean found(SimilarFrames frames, String json) {
        byte[] bytes = ("data: " + json + "\n").getBytes(UTF_8);
        return frames.mayContainMarker(bytes, 6, bytes.length - 1);
    }

    private static boolean foundByWholeScan(String json) {
        byte[] bytes = ("data: " + json + "\n").getBytes(UTF_8);
        return MarkerScan.mayContainMarker(bytes, 6, bytes.length - 1);
    }

    @Test
    void mayContainMarker_frameDiffersAnywhereFromTheLast_findsWhatAWholeScanFinds() {
        Random random = new Random(7);
        SimilarFrames frames = new SimilarFrames();
        int hits = 0;
        String frame = USUAL;
        for (int count = 0; count < 300_000; count++) {
            int start = random.nextInt(frame.length());
            int end = Math.min(frame.length(), start + random.nextInt(4));
            String next = frame.substring(0, start) + EDITS.get(random.nextInt(EDITS.size())) + frame.substring(end);
            boolean expected = foundByWholeScan(next);
            assertThat(found(frames, next)).as("%s after %s", next, frame).isEqualTo(expected);
            hits += expected ? 1 : 0;
            frame = expected || next.length() > 2 * USUAL.length() || random.nextInt(8) == 0 ? USUAL : next;
        }
        assertThat(hits).isBetween(10_000, 290_000);
    }

    @Test
    void mayContainMarker_firstDigitOfANumberChanges_isAMarkerWhereItCounts() {
        SimilarFrames frames = new SimilarFrames();

        assertThat(found(frames, USUAL)).isFalse();
        assertThat(found(frames, USUAL.replace("22T12", "23T09").replace(".123", ".456"))).isFalse();
        assertThat(found(frames, USUAL.replace("\"index\":0", "\"index\":1"))).isTrue();
    }

    @Test
    void mayContainMarker_lastFrameHadAnEscape_isComparedWithNone() {
        SimilarFrames frames = new SimilarFrames();

        assertThat(found(frames, "{\"\\u0015rror\":1,\"a\":1}")).isFalse();
        assertThat(found(frames, "{\"\\u0065rror\":1,\"a\":1}")).isTrue();
    }
}
