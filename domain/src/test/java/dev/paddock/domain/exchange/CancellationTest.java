package dev.paddock.domain.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CancellationTest {

    private final Cancellation cancellation = Cancellation.create();
    private final List<String> ran = new ArrayList<>();

    @Test
    void create_always_isNotCancelled() {
        assertThat(cancellation.isCancelled()).isFalse();
    }

    @Test
    void cancel_actionsRegisteredBefore_runOnceInOrderInThisThread() {
        Thread[] thread = new Thread[1];
        cancellation.onCancel(() -> ran.add("first"));
        cancellation.onCancel(() -> ran.add("second"));
        cancellation.onCancel(() -> thread[0] = Thread.currentThread());
        assertThat(ran).isEmpty();

        cancellation.cancel();
        cancellation.cancel();

        assertThat(ran).containsExactly("first", "second");
        assertThat(thread[0]).isSameAs(Thread.currentThread());
        assertThat(cancellation.isCancelled()).isTrue();
    }

    @Test
    void onCancel_alreadyCancelled_runsAtOnce() {
        cancellation.cancel();

        Cancellation.Registration registration = cancellation.onCancel(() -> ran.add("late"));
        assertThat(ran).containsExactly("late");
        registration.close();
        assertThat(ran).containsExactly("late");
    }

    @Test
    void close_beforeCancelling_takesOnlyThatActionBack() {
        Runnable same = () -> ran.add("same");
        Cancellation.Registration first = cancellation.onCancel(same);
        cancellation.onCancel(same);
        first.close();
        first.close();

        cancellation.cancel();
        assertThat(ran).containsExactly("same");
    }

    @Test
    void close_afterCancelling_doesNothing() {
        Cancellation.Registration registration = cancellation.onCancel(() -> ran.add("once"));
        cancellation.cancel();
        registration.close();

        assertThat(ran).containsExactly("once");
    }

    @Test
    void cancel_actionThatRegistersAndCancelsInTurn_doesNotBlock() {
        cancellation.onCancel(() -> {
            cancellation.cancel();
            cancellation.onCancel(() -> ran.add("inner"));
        });
        cancellation.cancel();

        assertThat(ran).containsExactly("inner");
    }

    @Test
    void cancel_oneActionFails_othersRunAllTheSame() {
        RuntimeException defect = new IllegalStateException("a defect");
        RuntimeException another = new IllegalStateException("another");
        cancellation.onCancel(() -> {
            throw defect;
        });
        cancellation.onCancel(() -> {
            throw another;
        });
        cancellation.onCancel(() -> ran.add("other call"));

        assertThatThrownBy(cancellation::cancel).isSameAs(defect).hasSuppressedException(another);
        assertThat(ran).containsExactly("other call");
        assertThat(cancellation.isCancelled()).isTrue();
    }

    @RepeatedTest(50)
    void cancel_whileOthersRegister_runsEveryActionExactlyOnce() throws Exception {
        int threads = 4;
        int actions = 200;
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads + 2)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(() -> {
                    assertThat(start.await(30, TimeUnit.SECONDS)).isTrue();
                    for (int action = 0; action < actions; action++) {
                        cancellation.onCancel(runs::incrementAndGet);
                    }
                    return null;
                }));
            }
            for (int i = 0; i < 2; i++) {
                running.add(executor.submit(() -> {
                    assertThat(start.await(30, TimeUnit.SECONDS)).isTrue();
                    cancellation.cancel();
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> one : running) {
                one.get(30, TimeUnit.SECONDS);
            }
        }

        assertThat(runs).hasValue(threads * actions);
    }
}
