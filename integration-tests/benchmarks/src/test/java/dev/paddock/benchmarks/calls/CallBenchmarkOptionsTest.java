package dev.paddock.benchmarks.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.paddock.benchmarks.calls.CallBenchmarkOptions.Effort;
import dev.paddock.benchmarks.contender.Contender;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallBenchmarkOptionsTest {

    @Test
    void parse_nothing_measuresEverythingThoroughly() {
        assertThat(CallBenchmarkOptions.parse()).isEqualTo(CallBenchmarkOptions.everything(false));
        assertThat(CallBenchmarkOptions.parse().effort()).isEqualTo(Effort.THOROUGH);
        assertThat(CallBenchmarkOptions.parse("--interleaved")).isEqualTo(CallBenchmarkOptions.everything(true));
        assertThat(CallBenchmarkOptions.parse("--interleaved").effort()).isEqualTo(Effort.INTERLEAVED);
    }

    @Test
    void parse_allOptions_areTaken() {
        CallBenchmarkOptions settings = CallBenchmarkOptions.parse("--workloads", "W4,W3-paced", "--quick",
                "--contenders", "jdk,spring-ai", "--rounds", "2", "--output", "x.md");
        assertThat(settings.workloads()).containsExactly(CallWorkload.EMBED, CallWorkload.PACED_STREAM);
        assertThat(settings.contenders()).containsExactly(Contender.JDK, Contender.SPRING_AI);
        assertThat(settings.effort()).isEqualTo(Effort.QUICK.withRounds(2));
        assertThat(settings.output()).isEqualTo(Path.of("x.md"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--workloads W9", "--contenders nobody", "--rounds 0", "--output", "--loud yes"})
    void parse_whatIsNotKnown_isRefused(String arguments) {
        assertThatIllegalArgumentException().isThrownBy(() -> CallBenchmarkOptions.parse(arguments.split(" ")));
    }
}
