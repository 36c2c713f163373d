package dev.paddock.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private final List<String> closed = new ArrayList<>();
    private final Lifecycle lifecycle = new Lifecycle();

    @Test
    void close_severalThings_theLatestFirstAndOnce() {
        lifecycle.onClose(() -> closed.add("first"));
        lifecycle.onClose(() -> closed.add("second"));

        lifecycle.close();
        lifecycle.close();

        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void close_somethingFails_theRestIsClosedAllTheSame() {
        IllegalStateException first = new IllegalStateException("first");
        IllegalStateException second = new IllegalStateException("second");
        lifecycle.onClose(() -> closed.add("bottom"));
        lifecycle.onClose(() -> {
            throw second;
        });
        lifecycle.onClose(() -> {
            throw first;
        });

        assertThatThrownBy(lifecycle::close).isSameAs(first).hasSuppressedException(second);
        assertThat(closed).containsExactly("bottom");
    }
}
