package dev.paddock.adapters.http.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class TrampolineExecutorTest {

    @Test
    void stepThatFollowsRunsInTheSameThreadAfterTheOneBefore() {
        List<String> order = new ArrayList<>();
        Thread caller = Thread.currentThread();

        String result = TrampolineExecutor.with(() -> {
            TrampolineExecutor.run(() -> {
                assertThat(Thread.currentThread()).isSameAs(caller);
                TrampolineExecutor.run(() -> order.add("third"));
                order.add("second");
            });
            order.add("first");
            return "result";
        });

        assertThat(result).isEqualTo("result");
        assertThat(order).containsExactly("first", "second", "third");
    }

    @Test
    void stepThatFollowsFromNoneHasAThreadOfItsOwn() throws Exception {
        TrampolineExecutor.with(() -> "over");
        CompletableFuture<Thread> first = new CompletableFuture<>();
        CompletableFuture<Thread> second = new CompletableFuture<>();

        TrampolineExecutor.run(() -> {
            first.complete(Thread.currentThread());
            TrampolineExecutor.run(() -> second.complete(Thread.currentThread()));
        });

        assertThat(first.get(5, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
        assertThat(first.get().isVirtual()).as("a step that never ends would keep a carrier").isFalse();
        assertThat(second.get(5, TimeUnit.SECONDS)).isSameAs(first.get());
    }

    @Test
    void stepThatFailsTakesNoOtherWithIt() throws Exception {
        CompletableFuture<Thread> other = new CompletableFuture<>();

        assertThatThrownBy(() -> TrampolineExecutor.with(() -> {
                    TrampolineExecutor.run(() -> {
                        throw new IllegalStateException("broken");
                    });
                    TrampolineExecutor.run(() -> other.complete(Thread.currentThread()));
                    return "result";
                }))
                .hasMessage("broken");

        assertThat(other.get(5, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void stepThatMayNotEndRunsInNoThreadOfACaller() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();

        TrampolineExecutor.with(() -> {
            TrampolineExecutor.runInPool(() -> thread.complete(Thread.currentThread()));
            assertThat(thread).as("a later step, not part of this one").isNotDone();
            return "over";
        });

        assertThat(thread.get(5, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
    }
}
