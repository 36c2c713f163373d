package dev.paddock.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the system tells of threads, and which of them compile. */
class JitCompilersTest {

    private static final String FIGURES = " S 1 2 3 4 5 6 7 8 9 10 250 30 0 0 20 0 15 0 99";

    @Test
    void ticks_compiler_areThoseOfUserAndSystem() {
        assertThat(JitCompilers.ticks("17 (C2 CompilerThre)" + FIGURES)).isEqualTo(280);
        assertThat(JitCompilers.ticks("17 (C1 CompilerThre)" + FIGURES)).isEqualTo(280);
    }

    @Test
    void ticks_anyOtherThread_areNone() {
        assertThat(JitCompilers.ticks("17 (gateway-io-1)" + FIGURES)).isZero();
        assertThat(JitCompilers.ticks("17 (odd (name) 1)" + FIGURES)).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void time_ofThisJvm_isKnown() {
        assertThat(JitCompilers.time(ProcessHandle.current())).isGreaterThan(Duration.ZERO);
    }
}
