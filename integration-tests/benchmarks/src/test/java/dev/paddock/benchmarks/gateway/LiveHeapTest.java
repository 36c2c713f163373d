package dev.paddock.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.benchmarks.gateway.LoadTargets.LoadTarget;
import dev.paddock.benchmarks.upstream.UpstreamProcess;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What another JVM's heap holds. */
class LiveHeapTest {

    @Test
    void bytesOf_total_isItsSecondNumber() {
        assertThat(LiveHeap.bytesOf("Total        108421        7411200")).isEqualTo(7_411_200);
    }

    @Test
    void bytes_ofAnotherJvm_areKnown() throws IOException, InterruptedException {
        try (UpstreamProcess upstream = UpstreamProcess.start()) {
            assertThat(new LiveHeap(new LoadTarget("upstream", upstream.address().port(), upstream.process())).bytes())
                    .isGreaterThan(100_000);
        }
    }
}
