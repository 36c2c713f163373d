package dev.paddock.adapters.http.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.operations.DashboardFeed.Snapshot;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DashboardFeedTest {

    private final AtomicInteger made = new AtomicInteger();

    @Test
    void after_manyWatchers_shareEachSnapshot() {
        DashboardFeed feed = new DashboardFeed(() -> "snapshot " + made.incrementAndGet(), Duration.ofHours(1));

        List<Snapshot> seen = Parallel.run(20, watcher -> feed.after(0));

        assertThat(made).hasValue(1);
        assertThat(seen).containsOnly(new Snapshot(1, "snapshot 1"));
    }

    @Test
    void after_intervalOver_isTheNext() {
        DashboardFeed feed = new DashboardFeed(() -> "snapshot " + made.incrementAndGet(), Duration.ofMillis(1));

        assertThat(feed.after(0)).isEqualTo(new Snapshot(1, "snapshot 1"));
        assertThat(feed.after(1)).isEqualTo(new Snapshot(2, "snapshot 2"));
    }

    @Test
    void close_watcherWaits_endsIt() {
        DashboardFeed feed = new DashboardFeed(() -> "snapshot " + made.incrementAndGet(), Duration.ofHours(1));
        feed.after(0);
        Future<Snapshot> waiting = Parallel.start(() -> feed.after(1));

        feed.close();

        assertThat(Parallel.resultOf(waiting)).isNull();
        assertThat(feed.after(0)).isNull();
        assertThat(made).hasValue(1);
    }
}
