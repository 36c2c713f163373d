package dev.paddock.ports.exchange.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.admission.AdmissionSettings;
import dev.paddock.domain.admission.ModelGroup;
import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.OverloadedException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.routing.BackendState;
import dev.paddock.domain.routing.ModelAlias;
import dev.paddock.domain.routing.RoutingSettings;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.exchange.decorator.AdmissionControl;
import dev.paddock.ports.exchange.decorator.AdmissionExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.ManualTicker;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the admission queue learns from the choice of servers, with servers that answer as the test says. */
@Timeout(20)
class ModelCapacityTest {

    private static final String MODEL = "m:latest";

    private final ManualTicker ticker = new ManualTicker(-7_000_000_000L);
    private final BackendDirectory directory = new BackendDirectory(ticker::nanos, InstantSource.system(), PollSchedule.threads());
    private final List<RouteExchangePort> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(RouteExchangePort::close);
    }

    @Test
    void slots_model_isTheSumOfTheServersThatHaveItInMemoryAndCanAnswer() {
        ScriptedServer cold = new ScriptedServer("cold").slots(16).models(MODEL, "x").running("x");
        RouteExchangePort port = port(List.of(), loaded("server-0").slots(3), loaded("server-1").slots(5), loaded("server-2"), cold);
        assertThat(slots(port, "m")).as("3, 5 and the usual 4; not those of the one where it is not in memory").isEqualTo(12);

        port.setDrained(new BackendId("server-1"), true);
        assertThat(slots(port, MODEL)).isEqualTo(7);
        assertThat(slots(port, "x")).isEqualTo(16);
    }

    @Test
    void slots_modelInMemoryNowhere_areThoseOfOneServer() {
        RouteExchangePort port =
                port(List.of(), new ScriptedServer("one").slots(3).models(MODEL), new ScriptedServer("two").slots(5).models(MODEL));

        assertThat(slots(port, MODEL)).isEqualTo(5);
    }

    @Test
    void slots_alias_areThoseOfItsFirstTargetThatCanAnswer() {
        RouteExchangePort port = port(
                List.of(alias("smart", target(MODEL, "fast"), target("small"))),
                loaded("gpu", "fast").slots(3),
                new ScriptedServer("cpu").slots(2).models(MODEL, "small").running(MODEL, "small"));

        assertThat(slots(port, "smart")).as("calls go to the first target that can answer").isEqualTo(3);
        port.setDrained(new BackendId("gpu"), true);
        assertThat(slots(port, "smart")).isEqualTo(2);
    }

    @Test
    void group_alias_isThatOfItsModelUnlessItsLabelsLeaveOutAServerThatHasIt() {
        RouteExchangePort port = port(
                List.of(
                        alias("plain", target("m")),
                        alias("smart", target("big", "gpu")),
                        alias("fast", target(MODEL, "gpu"), target("small")),
                        alias("lost", target("nowhere"), target("none"))),
                loaded("one", "gpu").models(MODEL, "big"),
                loaded("two").models(MODEL, "small"));
        ModelGroup model = group(port, MODEL);

        assertThat(group(port, "M")).isEqualTo(model);
        assertThat(group(port, "plain")).isEqualTo(model);
        assertThat(group(port, "smart")).as("only servers with the label have it").isEqualTo(group(port, "big:latest"));
        assertThat(group(port, "fast")).isEqualTo(new ModelGroup(MODEL, Set.of(new BackendId("one"))));
        port.setDrained(new BackendId("one"), true);
        assertThat(group(port, "fast")).isEqualTo(group(port, "small"));
        assertThat(group(port, "lost")).isEqualTo(ModelGroup.OTHERS);
    }

    @Test
    void group_aliasWithATargetThatHasNotTheApi_isThatOfTheModelThatTheCallReaches() {
        ScriptedServer big = new ScriptedServer("big").models("big").slots(64).withoutNativeApi();
        ScriptedServer small = new ScriptedServer("small").models("small").slots(4);
        RouteExchangePort port = port(List.of(alias("smart", target("big"), target("small"))), big, small);

        ExchangeRequest nativeCall = chat("/api/chat", "smart");
        ExchangeRequest otherCall = chat("/v1/chat/completions", "smart");
        port.open(nativeCall, CallContext.create()).close();
        port.open(otherCall, CallContext.create()).close();

        assertThat(small.asked()).containsExactly("small");
        assertThat(big.asked()).containsExactly("big");
        assertThat(port.capacity().group(nativeCall)).isEqualTo(group(port, "small"));
        assertThat(port.capacity().group(otherCall)).isEqualTo(group(port, "big"));
        assertThat(slots(port, "smart")).isEqualTo(4);
    }

    @Test
    void group_modelsThatNoServerHas_shareOne() {
        RouteExchangePort port = port(List.of(), loaded("one"));

        for (int number = 0; number < 10_000; number++) {
            assertThat(group(port, "made-up-" + number)).isSameAs(ModelGroup.OTHERS);
        }
        assertThat(group(port, null)).isEqualTo(ModelGroup.OTHERS);
        assertThat(group(port, "")).isEqualTo(ModelGroup.OTHERS);
    }

    @Test
    void open_byAliasAndByModel_useTheSameSlots() {
        ScriptedServer server = loaded("one").slots(1);
        RouteExchangePort port = port(List.of(alias("smart", target("m"))), server);
        try (ExchangeChain chain = queue(port)) {
            Exchange byAlias = chain.open(chat("smart"), CallContext.create());
            assertThat(hasToWait(chain, MODEL)).isTrue();
            assertThat(server.calls()).isEqualTo(1);
            byAlias.close();
            Exchange byModel = chain.open(chat(MODEL), CallContext.create());
            assertThat(hasToWait(chain, "smart")).isTrue();
            byModel.close();
            assertThat(hasToWait(chain, "smart")).isFalse();
        }
    }

    @Test
    void open_allServersHaveFailed_useAllSlotsAtOnceAfterTheirReturn() {
        ScriptedServer[] servers = {loaded("one").slots(3), loaded("two").slots(5)};
        RouteExchangePort port = port(Duration.ofMillis(1), List.of(), servers);
        Eventually.await("the models are in memory", () -> slots(port, MODEL) == 8);
        for (ScriptedServer server : servers) {
            server.fail(ModelCapacityTest::refused);
            server.failPolls(ModelCapacityTest::refused);
        }
        Eventually.await("no server answers", () -> port.backends().stream().allMatch(status -> status.state() == BackendState.UNREACHABLE));
        try (ExchangeChain chain = queue(port)) {
            for (int call = 0; call < 20; call++) {
                ticker.advance(Duration.ofSeconds(1));
                assertThat(catchThrowableOfType(BackendUnavailableException.class, () -> chain.open(chat(MODEL), CallContext.create()))).isNotNull();
            }
            for (ScriptedServer server : servers) {
                server.fail(null); // and no poll has shown it yet
            }
            List<Exchange> answers = new ArrayList<>();
            for (int call = 0; call < 8; call++) {
                answers.add(chain.open(chat(MODEL), CallContext.create())); // without a wait
            }
            assertThat(hasToWait(chain, MODEL)).isTrue();
            answers.forEach(Exchange::close);
        }
    }

    @Test
    void open_loadTakesLongerThanTheDeadline_isRefusedAtEntryWithTheTimeOfTheLoad() {
        ScriptedServer one = new ScriptedServer("one").models(MODEL, "other").working(() -> ticker.advance(Duration.ofSeconds(20)));
        ScriptedServer two = new ScriptedServer("two").models(MODEL, "other");
        RouteExchangePort port = port(List.of(), one, two);
        port.setDrained(new BackendId("two"), true);
        try (ExchangeChain chain = queue(port)) {
            chain.open(chat(MODEL), within(5)).close(); // how long it takes is not known yet
            one.working(() -> {});
            chain.open(chat(MODEL), within(5)).close(); // it is in memory
            port.setDrained(new BackendId("two"), false);
            port.setDrained(new BackendId("one"), true);

            OverloadedException refused = catchThrowableOfType(OverloadedException.class, () -> chain.open(chat(MODEL), within(5)));

            assertThat(refused.reason()).isEqualTo(OverloadedException.Reason.DEADLINE);
            assertThat(refused.expectedWait()).isEqualTo(Duration.ofSeconds(20));
            assertThat(refused.facts().retryAfter()).isEqualTo(Duration.ofSeconds(20));
            assertThat(two.calls()).isZero();
            chain.open(chat("other"), within(5)).close(); // its time was not measured
            ticker.advance(Duration.ofMinutes(11));
            chain.open(chat(MODEL), within(5)).close(); // what was measured is old
            assertThat(two.asked()).containsExactly("other", MODEL);
        }
    }

    @Test
    void open_answerThatCameWhole_saysNothingOfTheTimeOfALoad() {
        ScriptedServer one = new ScriptedServer("one").models(MODEL).document().working(() -> ticker.advance(Duration.ofSeconds(93)));
        ScriptedServer two = new ScriptedServer("two").models(MODEL);
        RouteExchangePort port = port(List.of(), one, two);
        port.setDrained(new BackendId("two"), true);
        try (ExchangeChain chain = queue(port)) {
            chain.open(chat(MODEL), CallContext.create()).close(); // loads for a part of that time, and generates
            port.setDrained(new BackendId("two"), false);
            port.setDrained(new BackendId("one"), true);

            chain.open(chat(MODEL), within(5)).close();

            assertThat(two.calls()).isEqualTo(1);
        }
    }

    @Test
    void open_loadTakesLongerThanTheDeadline_otherServerHasTheModelOrTheTime() {
        ScriptedServer one = new ScriptedServer("one").models(MODEL).working(() -> ticker.advance(Duration.ofSeconds(20)));
        ScriptedServer two = new ScriptedServer("two").models(MODEL);
        RouteExchangePort port = port(List.of(), one, two);
        port.setDrained(new BackendId("two"), true);
        try (ExchangeChain chain = queue(port)) {
            chain.open(chat(MODEL), within(60)).close();
            port.setDrained(new BackendId("two"), false);

            chain.open(chat(MODEL), within(5)).close();
            assertThat(one.calls()).as("the model is in memory there").isEqualTo(2);
            port.setDrained(new BackendId("one"), true);
            chain.open(chat(MODEL), within(21)).close();
            assertThat(two.calls()).as("the load ends in time").isEqualTo(1);
        }
    }

    @Test
    void drain_ofTheLastServerWithCallsInTheQueue_failsThemAndLeavesNoSlotBehind() {
        RouteExchangePort port = port(List.of(), loaded("one").slots(1));
        try (ExchangeChain chain = queue(port)) {
            Exchange inProgress = chain.open(chat(MODEL), CallContext.create());
            List<Future<LlmException>> waiting = new ArrayList<>();
            for (int call = 0; call < 10; call++) {
                waiting.add(Parallel.start(() -> catchThrowableOfType(LlmException.class, () -> chain.open(chat(MODEL), CallContext.create()))));
            }
            port.setDrained(new BackendId("one"), true);
            inProgress.close();

            assertThat(waiting).allSatisfy(call -> assertThat(Parallel.resultOf(call)).isInstanceOf(BackendUnavailableException.class));
            port.setDrained(new BackendId("one"), false);
            chain.open(chat(MODEL), CallContext.create()).close();
        }
    }

    private ExchangeChain queue(RouteExchangePort port) {
        AdmissionControl control = new AdmissionControl(AdmissionSettings.DEFAULT.withSlots(1, 1), MetricsPort.noOp(), ticker::nanos);
        return ExchangeChain.assemble(port, List.of(AdmissionExchangePort.decorator(control, port.capacity())));
    }

    private CallContext within(int seconds) {
        return CallContext.within(Duration.ofSeconds(seconds), ticker::nanos);
    }

    private static boolean hasToWait(ExchangeChain chain, String model) {
        CallContext left = CallContext.create();
        left.cancellation().cancel();
        try (Exchange answer = chain.open(chat(model), left)) {
            return answer == null;
        } catch (CallCancelledException waits) {
            return true;
        }
    }

    private static int slots(RouteExchangePort port, String model) {
        return port.capacity().slots(group(port, model), 4);
    }

    private static ModelGroup group(RouteExchangePort port, @Nullable String model) {
        return port.capacity().group(chat(model));
    }

    private static ScriptedServer loaded(String name, String... labels) {
        return new ScriptedServer(name, labels).models(MODEL).running(MODEL);
    }

    private static ModelAlias alias(String name, ModelAlias.Target... targets) {
        return new ModelAlias(name, List.of(targets));
    }

    private static ModelAlias.Target target(String model, String... labels) {
        return new ModelAlias.Target(Set.of(labels), model);
    }

    private static ExchangeRequest chat(@Nullable String model) {
        return chat("/api/chat", model);
    }

    private static ExchangeRequest chat(String path, @Nullable String model) {
        ExchangeRequest request = ExchangeRequest.post(Operation.CHAT, path, new byte[] {'{', '}'});
        return model == null ? request : request.withModel(model);
    }

    private static LlmException refused() {
        return new BackendUnavailableException("refused", ErrorFacts.NONE.withAttempts(1), null);
    }

    private RouteExchangePort port(List<ModelAlias> aliases, ScriptedServer... servers) {
        return port(Duration.ofHours(1), aliases, servers);
    }

    private RouteExchangePort port(Duration poll, List<ModelAlias> aliases, ScriptedServer... servers) {
        RouteExchangePort port = new RouteExchangePort(
                directory,
                new RoutingSettings(
                        poll, Duration.ofSeconds(20), RoutingSettings.Changes.ONE, RoutingSettings.Affinity.NONE, RoutingSettings.Ejection.DEFAULT),
                new NoTraits(),
                (target, lists, names) -> null,
                aliases,
                MetricsPort.noOp(),
                warning -> {},
                new Random(5));
        opened.add(port);
        port.replace(Arrays.stream(servers).map(ScriptedServer::route).toList());
        Eventually.await("the models are learned", () -> Arrays.stream(servers).allMatch(server -> server.polls() > 0)
                && port.backends().stream().allMatch(status -> status.learnedAgo() != null));
        return port;
    }
}
