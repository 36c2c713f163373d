package dev.paddock.ports.exchange.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.model.catalog.ModelTraits;
import dev.paddock.domain.model.catalog.RunningModel;
import dev.paddock.domain.routing.Backend;
import dev.paddock.domain.routing.PlacementClass;
import dev.paddock.domain.routing.PlacementRequest;
import dev.paddock.domain.routing.RunnerOptions;
import dev.paddock.testsupport.ManualTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What polls and calls teach of the models in the memory of one server. */
class RoutedBackendTest {

    private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration POLL = Duration.ofSeconds(3);

    private final ManualTicker ticker = new ManualTicker();
    private final RoutedBackend server = new RoutedBackend(
            new Backend(new BackendId("a"), BaseUrl.parse("http://a:1"), true, 1, 4, Set.of()), ticker::nanos, name -> new DecayingMean(1e9));
    private Instant now = START;

    @Test
    void running_loadOfACallHasUnloadedAnother_learnsTheRoom() {
        poll(START.plusSeconds(300), "one:latest");
        assertThat(placement("two:latest")).isEqualTo(PlacementClass.HAS_ROOM);

        load("two:latest");
        pass(Duration.ofSeconds(1));
        poll(START.plusSeconds(300), "two:latest");

        assertThat(placement("two:latest")).isEqualTo(PlacementClass.RESIDENT);
        assertThat(placement("one:latest")).isEqualTo(PlacementClass.MUST_EVICT);
    }

    @Test
    void answered_modelThatTheServerHasNoRoomFor_doesNotMakeRoomForMore() {
        poll(START.plusSeconds(300), "one:latest");
        load("two:latest");
        pass(Duration.ofSeconds(1));
        poll(START.plusSeconds(300), "two:latest");

        load("three:latest"); // until the next poll two models seem to be in memory
        pass(Duration.ofSeconds(1));
        poll(START.plusSeconds(300), "three:latest");

        assertThat(placement("one:latest")).isEqualTo(PlacementClass.MUST_EVICT);
    }

    @Test
    void placement_modelIsBeingLoaded_isLoading() {
        poll(START.plusSeconds(300), "one:latest");
        int unused = server.begin(server.model("two:latest"), PlacementClass.HAS_ROOM, RunnerOptions.ANY, ticker.nanos());

        assertThat(placement("two:latest")).isEqualTo(PlacementClass.LOADING);
        assertThat(server.model("two:latest").expectedLoad(request())).isZero();
    }

    @Test
    void hasSpareRoom_modelWasNotUsedForLongerThanALoad_untilAnotherProcessUsesIt() {
        fillWithOne();
        assertThat(hasSpareRoom()).isFalse();

        pass(Duration.ofSeconds(15));
        poll(START.plusSeconds(300), "two:latest");
        pass(Duration.ofSeconds(15));
        poll(START.plusSeconds(300), "two:latest");
        assertThat(hasSpareRoom()).as("the server says for half a minute that it unloads the model at the same time").isTrue();

        pass(Duration.ofSeconds(1));
        poll(START.plusSeconds(330), "two:latest");
        assertThat(hasSpareRoom()).as("the server has put it off").isFalse();
    }

    @Test
    void hasSpareRoom_modelIsInMemoryBeyondItsTime_isInUse() {
        fillWithOne();
        pass(Duration.ofSeconds(301));
        poll(START.plusSeconds(300), "two:latest");

        assertThat(hasSpareRoom()).isFalse();
    }

    @Test
    void hasSpareRoom_sameModelIsInUseWithOtherOptions_isNotGivenByFreeMemory() {
        poll(START.plusSeconds(300), "one:latest");
        RoutedModel one = server.model("one:latest");
        assertThat(one.hasSpareRoom(request())).as("it was used just now").isFalse();

        pass(Duration.ofSeconds(30));
        poll(START.plusSeconds(300), "one:latest");
        assertThat(one.hasSpareRoom(request())).as("no call has used it for longer than a load takes").isTrue();

        int unused = server.begin(one, PlacementClass.RESIDENT, RunnerOptions.ANY, ticker.nanos());
        assertThat(one.hasSpareRoom(request())).as("a call is in progress").isFalse();
    }

    private void fillWithOne() {
        poll(START.plusSeconds(300), "one:latest");
        load("two:latest");
        pass(Duration.ofSeconds(1));
        poll(START.plusSeconds(300), "two:latest");
    }

    private void load(String model) {
        RoutedModel loaded = server.model(model);
        int unused = server.begin(loaded, PlacementClass.HAS_ROOM, RunnerOptions.ANY, ticker.nanos());
        server.answered(loaded, RunnerOptions.ANY, ticker.nanos());
        server.endLoading(loaded);
        server.end(loaded);
    }

    private void pass(Duration time) {
        ticker.advance(time);
        now = now.plus(time);
    }

    private void poll(Instant expiry, String... models) {
        List<RunningModel> running = Stream.of(models)
                .map(model -> new RunningModel(model, 1, 1, "digest", ModelTraits.UNKNOWN, expiry, 4096))
                .toList();
        server.running(running, ticker.nanos() + 1, POLL, now);
    }

    private PlacementClass placement(String model) {
        return server.model(model).placement(request());
    }

    private boolean hasSpareRoom() {
        return server.model("other:latest").hasSpareRoom(request());
    }

    private PlacementRequest request() {
        return new PlacementRequest(RunnerOptions.ANY, null, Duration.ofSeconds(20).toNanos(), 0, Long.MAX_VALUE, ticker.nanos());
    }
}
