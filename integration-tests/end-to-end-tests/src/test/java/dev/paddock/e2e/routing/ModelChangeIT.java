package dev.paddock.e2e.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.routing.RoutingSettings;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of models that are made on every server, as the servers list their models afterwards. */
class ModelChangeIT {

    private static final String MODEL = Fleet.MODEL;
    private static final Map<String, String> ALL =
            Map.of("paddock.routing.changes", "all", "paddock.routing.poll", "1h", "paddock.retry.backoff", "0s");
    private static final Map<String, String> ONE = Map.of("paddock.routing.poll", "1h", "paddock.retry.backoff", "0s");

    /** A request that changes models. */
    private enum Change {
        PULL(Operation.PULL_MODEL, "POST", "/api/pull", "{\"model\":\"other\"}", "other"),
        PULL_WHOLE(Operation.PULL_MODEL, "POST", "/api/pull", "{\"model\":\"other\",\"stream\":false}", "other"),
        CREATE(Operation.CREATE_MODEL, "POST", "/api/create", "{\"model\":\"other\",\"from\":\"" + MODEL + "\"}", "other"),
        COPY(Operation.COPY_MODEL, "POST", "/api/copy", "{\"source\":\"" + MODEL + "\",\"destination\":\"other\"}", "other"),
        DELETE(Operation.DELETE_MODEL, "DELETE", "/api/delete", "{\"model\":\"" + MODEL + "\"}", null);

        private final ExchangeRequest request;
        private final String added;

        Change(Operation operation, String method, String path, String body, String added) {
            this.request = ExchangeRequest.create(operation, method, path, body.getBytes(StandardCharsets.UTF_8));
            this.added = added;
        }

        boolean isMade(OllamaSimulator server) throws IOException {
            String models = list(server);
            return added == null ? !models.contains(MODEL) : models.contains(added);
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_changeOfAll_isMadeOnceOnEachServerWhenItsAnswerEnds(Change change) throws IOException {
        try (Fleet fleet = Fleet.of(3, settings -> Fleet.withModel(settings, MODEL), ALL)) {
            assertThat(make(fleet.client(), change)).isEqualTo(200);

            for (int server = 0; server < 3; server++) {
                assertThat(change.isMade(fleet.server(server))).as("server %d", server).isTrue();
                assertThat(fleet.server(server).counters().requestsTo(change.request.target())).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_changeFailsOnAnotherServer_failsAsAWholeAndIsMadeOnTheRest(Change change) throws IOException {
        try (Fleet fleet = Fleet.of(3, settings -> Fleet.withModel(settings, MODEL), ALL)) {
            fleet.server(1).faults().enqueue(FaultScript.on(change.request.target()).times(10).then(Fault.status(500, "disk full")));

            LlmException failure = catchThrowableOfType(LlmException.class, () -> make(fleet.client(), change));

            assertThat(failure).hasMessageContaining("server-1");
            assertThat(change.isMade(fleet.server(0))).isTrue();
            assertThat(change.isMade(fleet.server(1))).isFalse();
            assertThat(change.isMade(fleet.server(2))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_changeFailsOnTheFirstServer_isMadeOnNone(Change change) throws IOException {
        try (Fleet fleet = Fleet.of(3, settings -> Fleet.withModel(settings, MODEL), ALL)) {
            fleet.server(0).faults().enqueue(FaultScript.on(change.request.target()).times(10).then(Fault.status(500, "disk full")));

            assertThat(make(fleet.client(), change)).isEqualTo(500);

            assertThat(change.isMade(fleet.server(1))).isFalse();
            assertThat(change.isMade(fleet.server(2))).isFalse();
        }
    }

    @Test
    void open_deletionWhereOneServerLacksTheModel_succeeds() throws IOException {
        List<OllamaSimulator> servers = List.of(
                OllamaSimulator.start(Fleet.withModel(SimulatorSettings.builder(), MODEL).build()),
                OllamaSimulator.start(Fleet.withModel(SimulatorSettings.builder(), "unlike").build()));
        try (Fleet fleet = Fleet.of(servers, ALL)) {
            assertThat(make(fleet.client(), Change.DELETE)).isEqualTo(200);

            assertThat(Change.DELETE.isMade(fleet.server(0))).isTrue();
            assertThat(list(fleet.server(1))).contains("unlike");
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_changeOfOne_isMadeOnTheFirstServerOnly(Change change) throws IOException {
        try (Fleet fleet = Fleet.of(2, settings -> Fleet.withModel(settings, MODEL), ONE)) {
            assertThat(make(fleet.client(), change)).isEqualTo(200);

            assertThat(change.isMade(fleet.server(0))).isTrue();
            assertThat(change.isMade(fleet.server(1))).isFalse();
        }
    }

    @Test
    void another_otherRouting_isThatOfTheNewClientOnly() throws IOException {
        try (Fleet fleet = Fleet.of(2, settings -> Fleet.withModel(settings, MODEL), ONE)) {
            PaddockSettings settings = fleet.client().settings();
            RoutingSettings own = settings.backends().routing();
            RoutingSettings all =
                    new RoutingSettings(own.poll(), own.loadTime(), RoutingSettings.Changes.ALL, own.affinity(), own.ejection());
            try (Paddock another = fleet.client().another(settings.withBackends(settings.backends().withRouting(all)))) {
                make(another, Change.COPY);
                assertThat(Change.COPY.isMade(fleet.server(1))).isTrue();
            }
            make(fleet.client(), Change.DELETE);
            assertThat(Change.DELETE.isMade(fleet.server(1))).isFalse();
        }
    }

    /** Returns the status once the answer has ended. */
    private static int make(Paddock client, Change change) {
        try (Exchange answer = client.exchange().open(change.request, CallContext.within(Duration.ofSeconds(30), System::nanoTime))) {
            while (answer.next() != null) {
                // to its end
            }
            return answer.head().status();
        }
    }

    private static String list(OllamaSimulator server) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            return client.request("GET", "/api/tags", "").response().body();
        }
    }
}
