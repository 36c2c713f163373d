package dev.paddock.bootstrap.bench.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.LoadRate;
import dev.paddock.bootstrap.bench.load.LoadSize;
import dev.paddock.bootstrap.bench.load.TargetKind;
import dev.paddock.bootstrap.bench.load.Workload;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.model.ModelName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BenchmarkTest {

    @Test
    void measure_errorOfTheJavaInstallation_isNoEarlyStop() {
        LoadPlan plan = new LoadPlan(
                TargetKind.SERVER,
                Workload.of(WorkloadKind.CHAT, new ModelName("m"), 16),
                new LoadRate(2, null),
                LoadSize.ofRequests(10, 0, 5),
                List.of());
        BenchTarget target = new BenchTarget() {
            @Override
            public BenchClient open(Mode mode) {
                throw new OutOfMemoryError("no more threads");
            }

            @Override
            public @Nullable Long connectionsAccepted() {
                return null;
            }
        };

        assertThatThrownBy(() -> new Benchmark(plan, target, Cancellation.create()).measure(Mode.UNPOOLED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the load failed")
                .hasMessageContaining("no more threads");
    }
}
