package dev.paddock.ports.exchange.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.CircuitOpenException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.routing.BackendState;
import dev.paddock.domain.routing.BackendStatus;
import dev.paddock.domain.routing.ModelAlias;
import dev.paddock.domain.routing.RoutingSettings;
import dev.paddock.domain.routing.RoutingSettings.Affinity;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.ManualTicker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The choice of a server and what follows its answer, with servers that answer as the test says. */
class RouteExchangePortTest {

    private static final String MODEL = "m:latest";

    private final ManualTicker ticker = new ManualTicker(-7_000_000_000L);
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private RoutingSettings.Changes changes = RoutingSettings.Changes.ONE;
    private final BackendDirectory directory = new BackendDirectory(ticker::nanos, InstantSource.system(), PollSchedule.threads());
    private final List<RouteExchangePort> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(RouteExchangePort::close);
    }

    @Test
    void open_modelIsAbsentOnSome_goesOnInTheSameAttemptAndDoesNotAskThemAgain() {
        ScriptedServer[] servers = servers(3);
        servers[0].answer(AnswerVerdict.MODEL_MISSING);
        servers[1].answer(AnswerVerdict.MODEL_MISSING);
        RouteExchangePort port = port(List.of(), servers);

        for (int call = 0; call < 20; call++) {
            try (Exchange answer = port.open(chat(MODEL), CallContext.create())) {
                assertThat(answer.head().status()).isEqualTo(200);
            }
        }

        assertThat(servers[2].calls()).isEqualTo(20);
        assertThat(servers[0].calls()).isLessThanOrEqualTo(1);
        assertThat(servers[1].calls()).isLessThanOrEqualTo(1);
    }

    @Test
    void open_circuitIsOpen_goesOnInTheSameAttempt() {
        ScriptedServer[] servers = servers(2);
        servers[0].fail(() -> new CircuitOpenException(ErrorFacts.NONE.withRetryAfter(Duration.ofSeconds(5))));
        RouteExchangePort port = port(List.of(), servers);

        for (int call = 0; call < 20; call++) {
            open(port, MODEL);
        }

        assertThat(servers[1].calls()).isEqualTo(20);
        assertThat(servers[0].calls()).isLessThanOrEqualTo(1);
    }

    @Test
    void open_attemptFails_isLeftToTheRetriesWithTheWordThatThereIsAnother() {
        ScriptedServer[] servers = servers(2);
        servers[0].fail(RouteExchangePortTest::refused);
        servers[1].fail(RouteExchangePortTest::refused);
        RouteExchangePort port = port(List.of(), servers);
        CallRoute route = new RecordedRoute();
        CallContext context = CallContext.create().with(CallRoute.KEY, route);

        assertThat(catchThrowableOfType(LlmException.class, () -> port.open(chat(MODEL), context))).isNotNull();
        assertThat(route.hasAlternative()).isTrue();
        assertThat(servers[0].calls() + servers[1].calls()).isEqualTo(1);

        assertThat(catchThrowableOfType(LlmException.class, () -> port.open(chat(MODEL), context))).isNotNull();
        assertThat(route.hasAlternative()).isFalse();
        assertThat(servers[0].calls()).isEqualTo(1);
        assertThat(servers[1].calls()).isEqualTo(1);
    }

    @Test
    void open_serverFailsFiveTimesWhileOthersAnswer_isEjectedAndComesBack() {
        ScriptedServer[] servers = servers(3);
        servers[0].answer(AnswerVerdict.SERVER_FAILED);
        RouteExchangePort port = port(List.of(), servers);

        openUntilEjected(port, 0);
        assertThat(servers[0].calls()).isEqualTo(5);
        for (int call = 0; call < 50; call++) {
            open(port, MODEL);
        }
        assertThat(servers[0].calls()).isEqualTo(5);

        servers[0].answer(AnswerVerdict.OK);
        ticker.advance(Duration.ofSeconds(6));
        assertThat(state(port, 0)).isEqualTo(BackendState.ACTIVE);
        ticker.advance(Duration.ofMinutes(2));
        for (int call = 0; call < 50; call++) {
            open(port, MODEL);
        }
        assertThat(servers[0].calls()).isGreaterThan(5);
    }

    @Test
    void open_serverFailsAgainAfterItsEjection_isEjectedForLonger() {
        ScriptedServer[] servers = servers(3);
        servers[0].answer(AnswerVerdict.SERVER_FAILED);
        RouteExchangePort port = port(List.of(), servers);
        openUntilEjected(port, 0);
        ticker.advance(Duration.ofSeconds(6));
        assertThat(state(port, 0)).isEqualTo(BackendState.ACTIVE);
        openUntilEjected(port, 0);

        ticker.advance(Duration.ofSeconds(6));
        assertThat(state(port, 0)).isEqualTo(BackendState.EJECTED);
        ticker.advance(Duration.ofSeconds(5));
        assertThat(state(port, 0)).isEqualTo(BackendState.ACTIVE);
    }

    @Test
    void open_allServersFail_neverEjectsMoreThanHalf() {
        ScriptedServer[] servers = servers(4);
        Arrays.stream(servers).forEach(server -> server.answer(AnswerVerdict.SERVER_FAILED));
        RouteExchangePort port = port(List.of(), servers);

        assertThat(mostEjected(port)).isLessThanOrEqualTo(2);
    }

    @Test
    void open_threeOfFourFail_ejectsTwo() {
        ScriptedServer[] servers = servers(4);
        for (int server = 0; server < 3; server++) {
            servers[server].answer(AnswerVerdict.SERVER_FAILED);
        }
        RouteExchangePort port = port(List.of(), servers);

        assertThat(mostEjected(port)).isEqualTo(2);
        assertThat(state(port, 3)).isEqualTo(BackendState.ACTIVE);
    }

    @Test
    void open_oneOfTwoFails_ejectsItAndNeverTheOther() {
        ScriptedServer[] servers = servers(2);
        servers[0].answer(AnswerVerdict.SERVER_FAILED);
        RouteExchangePort port = port(List.of(), servers);
        openUntilEjected(port, 0);

        servers[1].answer(AnswerVerdict.SERVER_FAILED);
        for (int call = 0; call < 50; call++) {
            open(port, MODEL);
        }

        assertThat(state(port, 1)).isEqualTo(BackendState.ACTIVE);
    }

    @Test
    void open_busyServer_getsFewerCallsButIsNotEjected() {
        ScriptedServer[] servers = servers(2);
        servers[0].answer(AnswerVerdict.BUSY);
        RouteExchangePort port = port(List.of(), servers);

        for (int call = 0; call < 100; call++) {
            open(port, MODEL);
        }

        assertThat(servers[0].calls()).isLessThan(20);
        assertThat(state(port, 0)).isEqualTo(BackendState.ACTIVE);
    }

    @Test
    void open_callsBeforeTheFirstPoll_stayWhereTheFirstOneLoads() {
        ScriptedServer[] servers = {new ScriptedServer("a").models(MODEL), new ScriptedServer("b").models(MODEL), new ScriptedServer("c").models(MODEL)};
        RouteExchangePort port = port(List.of(), servers);

        Exchange[] open = new Exchange[5];
        for (int call = 0; call < open.length; call++) {
            open[call] = port.open(chat(MODEL), CallContext.create());
        }

        assertThat(Arrays.stream(servers).filter(server -> server.calls() > 0)).hasSize(1);
        Arrays.stream(open).forEach(Exchange::close);
        assertThat(port.backends()).allSatisfy(status -> assertThat(status.inFlight()).isZero());
    }

    @Test
    void open_pollsFail_avoidsTheServerUntilItAnswers() {
        ScriptedServer[] servers = servers(2);
        servers[0].failPolls(RouteExchangePortTest::refused);
        RouteExchangePort port = portWithPolls(servers);
        Eventually.await("the server is unreachable", () -> state(port, 0) == BackendState.UNREACHABLE);

        for (int call = 0; call < 20; call++) {
            open(port, MODEL);
        }
        assertThat(servers[0].calls()).isZero();

        servers[0].failPolls(null);
        Eventually.await("the server answers", () -> state(port, 0) == BackendState.ACTIVE);
    }

    @Test
    void setDrained_one_sendsNothingThere() {
        ScriptedServer[] servers = servers(2);
        RouteExchangePort port = port(List.of(), servers);

        assertThat(port.setDrained(new BackendId("server-0"), true)).isTrue();
        assertThat(port.setDrained(new BackendId("unknown"), true)).isFalse();
        for (int call = 0; call < 20; call++) {
            open(port, MODEL);
        }

        assertThat(servers[0].calls()).isZero();
    }

    @Test
    void replace_callIsInProgress_closesTheRouteAfterIt() {
        ScriptedServer[] servers = servers(2);
        RouteExchangePort port = port(List.of(), servers[0]);
        Exchange inProgress = port.open(chat(MODEL), CallContext.create());

        port.replace(List.of(servers[1].route()));
        open(port, MODEL);

        assertThat(servers[0].isClosed()).isFalse();
        assertThat(servers[1].calls()).isEqualTo(1);
        while (inProgress.next() != null) {
            // to its end
        }
        inProgress.close();
        assertThat(servers[0].isClosed()).isTrue();
    }

    @Test
    void replace_anotherPortUsesTheRemovedServer_whatIsKnownOfItIsKept() {
        ScriptedServer[] servers = servers(2);
        RouteExchangePort port = port(List.of(), servers);
        RouteExchangePort other = port(List.of(), servers);
        assertThat(other.setDrained(new BackendId("server-0"), true)).isTrue();

        port.replace(List.of(servers[1].route()));
        port.replace(List.of(servers[0].route(), servers[1].route()));
        assertThat(state(port, 0)).isEqualTo(BackendState.DRAINED);

        port.close();
        assertThat(state(port(List.of(), servers), 0)).isEqualTo(BackendState.DRAINED);
        opened.forEach(RouteExchangePort::close);
        assertThat(state(port(List.of(), servers), 0)).isEqualTo(BackendState.ACTIVE);
    }

    @Test
    void open_portsOverTheSameServers_useTheirOwnSettings() {
        ScriptedServer[] servers = servers(2);
        RouteExchangePort one = port(List.of(), servers);
        changes = RoutingSettings.Changes.ALL;
        RouteExchangePort all = port(List.of(), servers);

        ExchangeRequest copy = ExchangeRequest.post(Operation.COPY_MODEL, "/api/copy", new byte[] {'{', '}'});
        readAll(one.open(copy, CallContext.create()));
        assertThat(servers[0].calls() + servers[1].calls()).isEqualTo(1);

        readAll(all.open(copy, CallContext.create()));
        assertThat(servers[0].calls() + servers[1].calls()).isEqualTo(3);
    }

    @Test
    void open_alias_isTheFirstModelThatAServerCanAnswerFor() {
        ScriptedServer gpu = new ScriptedServer("gpu", "fast").models("big:latest");
        ScriptedServer cpu = new ScriptedServer("cpu").models("big:latest", "small:latest");
        ModelAlias alias = new ModelAlias(
                "smart", List.of(new ModelAlias.Target(Set.of("fast"), "big"), new ModelAlias.Target(Set.of(), "small")));
        RouteExchangePort port = port(List.of(alias), gpu, cpu);

        open(port, "smart");
        assertThat(gpu.asked()).containsExactly("big");

        port.setDrained(new BackendId("gpu"), true);
        open(port, "smart:latest");
        assertThat(cpu.asked()).containsExactly("small");
    }

    @Test
    void open_modelOfAnAliasIsMissing_isTheNextModelOfTheSameServer() {
        ScriptedServer server = new ScriptedServer("only").models("big:latest", "small:latest").missing("big");
        ModelAlias alias =
                new ModelAlias("smart", List.of(new ModelAlias.Target(Set.of(), "big"), new ModelAlias.Target(Set.of(), "small")));
        RouteExchangePort port = port(List.of(alias), server);

        try (Exchange answer = port.open(chat("smart"), CallContext.create())) {
            assertThat(answer.head().status()).isEqualTo(200);
        }
        assertThat(server.asked()).containsExactly("big", "small");
    }

    @Test
    void open_lookupOfAModel_teachesNothingOfIt() {
        RouteExchangePort port = port(List.of(), new ScriptedServer("only").models("cold:latest"));

        ExchangeRequest show = ExchangeRequest.post(Operation.SHOW_MODEL, "/api/show", new byte[] {'{', '}'}).withModel("cold");
        try (Exchange answer = port.open(show, CallContext.create())) {
            assertThat(answer.next()).isNotNull();
        }

        BackendStatus.ModelStatus model = port.backends().getFirst().models().getFirst();
        assertThat(model.isResident()).isFalse();
        assertThat(model.load()).isNull();
        assertThat(model.firstFrame()).isNull();
    }

    @Test
    void open_serverBreaksEachAnswer_isEjectedAfterFive() {
        ScriptedServer[] servers = servers(3);
        servers[0].breakAnswers();
        RouteExchangePort port = port(List.of(), servers);

        for (int call = 0; call < 200; call++) {
            ticker.advance(Duration.ofSeconds(3)); // so few calls that their share says nothing
            LlmException unused = catchThrowableOfType(LlmException.class, () -> open(port, MODEL));
            if (state(port, 0) == BackendState.EJECTED) {
                break;
            }
        }
        assertThat(servers[0].calls()).isEqualTo(5);
    }

    @Test
    void open_changeOfAll_isMadeOnceOnEachAlsoWhereTheModelIsAbsent() {
        changes = RoutingSettings.Changes.ALL;
        ScriptedServer one = new ScriptedServer("one").models("other:latest");
        ScriptedServer two = new ScriptedServer("two").models(MODEL);
        RouteExchangePort port = port(List.of(), one, two);

        ExchangeRequest pull = ExchangeRequest.post(Operation.PULL_MODEL, "/api/pull", new byte[] {'{', '}'}).withModel(MODEL);
        readAll(port.open(pull, CallContext.create()));
        assertThat(one.calls()).isEqualTo(1);
        assertThat(two.calls()).isEqualTo(1);
    }

    @Test
    void poll_digestsDiffer_warnsOnce() {
        ScriptedServer one = new ScriptedServer("one").models("same", "other").digest("1");
        ScriptedServer two = new ScriptedServer("two").models("same").digest("2");
        RouteExchangePort port = portWithPolls(one, two);
        Eventually.await("both servers are asked often", () -> one.polls() > 12 && two.polls() > 12);

        assertThat(warnings).singleElement().satisfies(warning -> assertThat(warning).contains("same:latest"));
        assertThat(port.backends()).hasSize(2);
    }

    @Test
    void poll_digestChangesAtASharedServer_warnsEachClientThatHasAnotherOne() {
        ScriptedServer shared = new ScriptedServer("shared").models("same").digest("1");
        ScriptedServer[] own = {
            new ScriptedServer("of-one").models("same").digest("1"), new ScriptedServer("of-two").models("same").digest("1")
        };
        portWithPolls(shared, own[0]);
        portWithPolls(shared, own[1]);
        Eventually.await("all are known", () -> shared.polls() > 12 && own[0].polls() > 12 && own[1].polls() > 12);
        assertThat(warnings).isEmpty();

        shared.digest("2");

        Eventually.await("a warning of each client", () -> warnings.size() == 2);
    }

    private void openUntilEjected(RouteExchangePort port, int server) {
        for (int call = 0; call < 1000 && state(port, server) != BackendState.EJECTED; call++) {
            ticker.advance(Duration.ofSeconds(1)); // the penalty of a failure fades
            open(port, MODEL);
        }
        assertThat(state(port, server)).isEqualTo(BackendState.EJECTED);
    }

    private long mostEjected(RouteExchangePort port) {
        long most = 0;
        for (int call = 0; call < 400; call++) {
            ticker.advance(Duration.ofMillis(500));
            open(port, MODEL);
            most = Math.max(most, port.backends().stream().filter(status -> status.state() == BackendState.EJECTED).count());
        }
        return most;
    }

    private static void open(RouteExchangePort port, String model) {
        readAll(port.open(chat(model), CallContext.create()));
    }

    private static void readAll(Exchange exchange) {
        try (Exchange answer = exchange) {
            while (answer.next() != null) {
                // to its end
            }
        }
    }

    private static ExchangeRequest chat(String model) {
        return ExchangeRequest.post(Operation.CHAT, "/api/chat", new byte[] {'{', '}'}).withModel(model);
    }

    private static LlmException refused() {
        return new BackendUnavailableException("refused", ErrorFacts.NONE.withAttempts(1), null);
    }

    private static BackendState state(RouteExchangePort port, int server) {
        return port.backends().get(server).state();
    }

    private static ScriptedServer[] servers(int count) {
        ScriptedServer[] servers = new ScriptedServer[count];
        Arrays.setAll(servers, number -> new ScriptedServer("server-" + number).models(MODEL).running(MODEL));
        return servers;
    }

    private RouteExchangePort port(List<ModelAlias> aliases, ScriptedServer... servers) {
        RouteExchangePort port = port(Duration.ofHours(1), aliases, servers);
        Eventually.await("the models are learned", () -> Arrays.stream(servers).allMatch(server -> server.polls() > 0)
                && port.backends().stream().allMatch(status -> status.learnedAgo() != null));
        return port;
    }

    private RouteExchangePort portWithPolls(ScriptedServer... servers) {
        return port(Duration.ofMillis(1), List.of(), servers);
    }

    private RouteExchangePort port(Duration poll, List<ModelAlias> aliases, ScriptedServer... servers) {
        RoutingSettings settings = new RoutingSettings(
                poll, Duration.ofSeconds(20), changes, Affinity.NONE, RoutingSettings.Ejection.DEFAULT);
        RouteExchangePort port = new RouteExchangePort(
                directory,
                settings,
                new NoTraits(),
                (target, lists, names) -> null,
                aliases,
                MetricsPort.noOp(),
                warnings::add,
                new Random(5));
        opened.add(port);
        port.replace(Arrays.stream(servers).map(ScriptedServer::route).toList());
        return port;
    }

    /** What the retries learn. */
    private static final class RecordedRoute extends CallRoute {}
}
