package dev.paddock.adapters.http.server.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.server.decoding.IncomingHead;
import dev.paddock.adapters.http.server.decoding.RefusedRequestException;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body is what its pieces were, and takes memory for what has arrived rather than for what was announced. */
class BodyCollectorTest {

    private static final int KILOBYTE = 1024;
    private static final long MOST = 1 << 30;
    private static final String CALLER = "a caller";

    private static void add(BodyCollector collector, byte[] bytes, int from, int to) {
        collector.add(Unpooled.wrappedBuffer(bytes, from, to - from));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whole_ofPiecesOfAnySize_isTheBody(boolean announced) {
        Random random = new Random(11);
        byte[] body = new byte[700 * KILOBYTE];
        random.nextBytes(body);
        BodyBudget budget = new BodyBudget(MOST);
        BodyCollector collector = new BodyCollector(budget, CALLER, announced ? body.length : IncomingHead.CHUNKED, MOST);

        for (int at = 0; at < body.length; ) {
            int end = Math.min(body.length, at + 1 + random.nextInt(60 * KILOBYTE));
            add(collector, body, at, end);
            at = end;
        }

        List<byte[]> whole = new ArrayList<>();
        collector.end(ended -> whole.add(ended.bytes()));
        assertThat(whole).containsExactly(body);
        collector.release();
        assertThatNoException().isThrownBy(() -> budget.allocate(CALLER).grow(budget.largestBody()));
    }

    @Test
    void add_littleOfMuchThatWasAnnounced_takesLittle() {
        BodyBudget budget = new BodyBudget(128 * KILOBYTE); // of which one caller may use half
        BodyCollector collector = new BodyCollector(budget, CALLER, 512 << 20, MOST);

        add(collector, new byte[KILOBYTE], 0, KILOBYTE);

        assertThat(collector.count()).isEqualTo(KILOBYTE);
    }

    @Test
    void add_more_takesAtMostTwiceWhatHasArrived() {
        int arrived = 100 * KILOBYTE;
        BodyBudget enough = new BodyBudget(2 * 2L * arrived);
        BodyCollector collector = new BodyCollector(enough, CALLER, 512 << 20, MOST);
        byte[] piece = new byte[KILOBYTE];

        for (int at = 0; at < arrived; at += KILOBYTE) {
            add(collector, piece, 0, KILOBYTE);
        }

        assertThat(collector.count()).isEqualTo(arrived);
    }

    @Test
    void add_beyondTheMemoryForAll_isRefused() {
        BodyCollector collector = new BodyCollector(new BodyBudget(128 * KILOBYTE), CALLER, 512 << 20, MOST);
        byte[] piece = new byte[64 * KILOBYTE];
        add(collector, piece, 0, piece.length);

        assertThatThrownBy(() -> add(collector, piece, 0, 1)).isInstanceOf(RefusedRequestException.class);
    }
}
