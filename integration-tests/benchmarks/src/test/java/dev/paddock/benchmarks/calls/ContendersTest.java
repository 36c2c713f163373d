package dev.paddock.benchmarks.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.benchmarks.calls.CallWorkload.Verification;
import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.contender.ContenderClient;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.ChatResult;
import dev.paddock.benchmarks.upstream.Upstream;
import dev.paddock.benchmarks.upstream.UpstreamCounts;
import dev.paddock.benchmarks.upstream.UpstreamProcess.UpstreamAddress;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContendersTest {

    private Upstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = Upstream.start();
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource
    void call_byEveryContender_bringsTheWholeAnswerTwice(Contender contender) throws Exception {
        UpstreamAddress address = new UpstreamAddress(upstream.port(), upstream.closingPort());
        for (CallWorkload workload : CallWorkload.values()) {
            if (workload.contenders().contains(contender)) {
                UpstreamCounts before = UpstreamCounts.request(upstream.port());
                try (ContenderClient caller = contender.open(workload.port(address))) {
                    Verification.verify(workload.call(caller));
                    Verification.verify(workload.call(caller));
                }
                UpstreamCounts after = UpstreamCounts.request(upstream.port());
                assertThat(after.requests() - before.requests()).as("%s", workload).isEqualTo(2);
            }
        }
    }

    @Test
    void verify_wrongAnswer_throws() {
        assertThatThrownBy(() -> Verification.verify(new ChatResult("The sky is green.", 31, 17)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("green");
    }
}
