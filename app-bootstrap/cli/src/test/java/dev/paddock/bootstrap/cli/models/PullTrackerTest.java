package dev.paddock.bootstrap.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.cli.models.PullTracker.PullState;
import dev.paddock.domain.model.catalog.PullProgress;
import org.junit.jupiter.api.Test;

class PullTrackerTest {

    private final PullTracker tracker = new PullTracker();

    @Test
    void accept_numbersGoDown_shownNumbersStay() {
        layer("a", 100, 60);

        PullState state = layer("a", 100, 40);

        assertThat(state.layer().completed()).isEqualTo(60);
        assertThat(state.percent()).isEqualTo(60);
    }

    @Test
    void accept_nextLayerBegins_lastLayerIsFull() {
        layer("a", 100, 93);

        PullState state = layer("b", 300, 0);

        assertThat(state.layer().percent()).isZero();
        assertThat(tracker.accept(status("verifying sha256 digest")).percent()).isEqualTo(99);
        assertThat(tracker.totalBytes()).isEqualTo(400);
    }

    @Test
    void accept_largerLayerBegins_percentStays() {
        layer("a", 100, 80);

        assertThat(layer("b", 10_000, 1).percent()).isEqualTo(80);
        assertThat(layer("b", 10_000, 9_000).percent()).isGreaterThan(85);
    }

    @Test
    void accept_reportWithoutLayer_keepsPercent() {
        layer("a", 100, 50);

        PullState state = tracker.accept(status("writing manifest"));

        assertThat(state.percent()).isEqualTo(99);
        assertThat(state.digest()).isNull();
    }

    @Test
    void accept_everythingArrivedButNoSuccess_isNotFinished() {
        PullState state = layer("a", 100, 100);

        assertThat(state.percent()).isEqualTo(99);
        assertThat(tracker.isSuccessful()).isFalse();
    }

    @Test
    void accept_success_isFinished() {
        layer("a", 100, 20);

        assertThat(tracker.accept(status("success")).percent()).isEqualTo(100);
        assertThat(tracker.isSuccessful()).isTrue();
    }

    @Test
    void accept_moreCompletedThanTotal_isFull() {
        assertThat(layer("a", 100, 150).layer().percent()).isEqualTo(100);
        assertThat(layer("a", 100, 150).layer().completed()).isEqualTo(100);
    }

    @Test
    void accept_layerOfUnknownSize_isAtZero() {
        assertThat(layer("a", 0, 0).layer().percent()).isZero();
        assertThat(layer("a", 0, 50).percent()).isZero();
    }

    @Test
    void accept_layerAlreadyThere_isFullAtOnce() {
        PullState state = layer("a", 100, 100);

        assertThat(state.layer().percent()).isEqualTo(100);
    }

    @Test
    void accept_layerComesBack_staysFull() {
        layer("a", 100, 90);
        layer("b", 100, 10);

        assertThat(layer("a", 100, 90).layer().percent()).isEqualTo(100);
        assertThat(tracker.layerCount()).isEqualTo(2);
    }

    private PullState layer(String digest, long total, long completed) {
        return tracker.accept(new PullProgress("pulling " + digest, digest, total, completed));
    }

    private static PullProgress status(String status) {
        return new PullProgress(status, null, 0, 0);
    }
}
