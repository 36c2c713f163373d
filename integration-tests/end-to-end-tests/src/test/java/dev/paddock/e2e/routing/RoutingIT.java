package dev.paddock.e2e.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.ModelNotFoundException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.routing.BackendState;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several servers behind one client: what they are asked, as they count it. */
class RoutingIT {

    private static final String MODEL = Fleet.MODEL;
    private static final Map<String, String> PROMPT = Map.of("paddock.routing.poll", "50ms", "paddock.retry.backoff", "0s");
    private static final Map<String, String> RARE_POLLS = Map.of("paddock.routing.poll", "1h", "paddock.retry.backoff", "0s");

    @Test
    void chat_modelsInTurn_loadsEachOnce() {
        try (Fleet fleet = Fleet.of(3, settings -> Fleet.withModel(settings.maxLoadedModels(1), "one", "two", "three"), RARE_POLLS)) {
            for (int round = 0; round < 20; round++) {
                fleet.ask("one");
                fleet.ask("two");
                fleet.ask("three");
            }

            assertThat(fleet.loads()).isEqualTo(3);
            assertThat(fleet.chats()).containsExactly(20L, 20L, 20L);
        }
    }

    @Test
    void chat_otherContextWindow_isSentWhereItIsLoadedSo() {
        try (Fleet fleet = Fleet.of(2, settings -> Fleet.withModel(settings, MODEL), PROMPT)) {
            for (int round = 0; round < 20; round++) {
                fleet.askWithContext(MODEL, 4096);
                fleet.askWithContext(MODEL, 8192);
            }

            assertThat(fleet.loads()).isEqualTo(2);
        }
    }

    @Test
    void chat_modelOnOneServerOnly_isSentThere() {
        List<OllamaSimulator> servers = List.of(
                OllamaSimulator.start(Fleet.withModel(SimulatorSettings.builder(), "other").build()),
                OllamaSimulator.start(Fleet.withModel(SimulatorSettings.builder(), MODEL).build()));
        try (Fleet fleet = Fleet.of(servers, RARE_POLLS)) {
            for (int call = 0; call < 20; call++) {
                fleet.ask(MODEL);
            }

            assertThat(fleet.chats()).containsExactly(0L, 20L);
        }
    }

    @Test
    void chat_wholeAnswers_teachHowManyAreGivenAtTheSameTime() {
        List<OllamaSimulator> servers = List.of(
                OllamaSimulator.start(Fleet.withModel(SimulatorSettings.builder(), MODEL).parallel(4).promptTime(Duration.ofMillis(30)).build()),
                OllamaSimulator.start(Fleet.withModel(SimulatorSettings.builder(), "other").build()));
        try (Fleet fleet = Fleet.of(servers, RARE_POLLS)) {
            Eventually.await("the slots are learned", () -> {
                Parallel.run(4, caller -> {
                    fleet.ask(MODEL);
                    return caller;
                });
                return fleet.status().getFirst().models().getFirst().slots() >= 2;
            });
        }
    }

    @Test
    void chat_modelWasDeletedSinceThePoll_goesOnWithoutARetry() throws IOException {
        try (Fleet fleet = Fleet.of(3, settings -> Fleet.withModel(settings, MODEL), RARE_POLLS)) {
            fleet.server(0).faults().enqueue(FaultScript.on("/api/chat").times(100).then(Fault.status(404, "model '" + MODEL + "' not found")));

            for (int call = 0; call < 40; call++) {
                fleet.ask(MODEL);
            }

            assertThat(fleet.chats().getFirst()).isLessThanOrEqualTo(1);
            assertThat(fleet.chats().stream().mapToLong(Long::longValue).sum()).isLessThanOrEqualTo(41);
            assertThat(metrics(fleet)).doesNotContain("reason=\"granted\"");
        }
    }

    @Test
    void chat_modelOnNoServer_asksOneServer() {
        try (Fleet fleet = Fleet.of(3, settings -> Fleet.withModel(settings, MODEL), RARE_POLLS)) {
            assertThat(catchThrowableOfType(ModelNotFoundException.class, () -> fleet.ask("unknown"))).isNotNull();

            assertThat(fleet.chats().stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
        }
    }

    @Test
    void chat_oneServerIsGone_allCallsSucceed() {
        try (Fleet fleet = Fleet.of(3, settings -> Fleet.withModel(settings, MODEL), RARE_POLLS)) {
            fleet.server(1).close();

            for (int call = 0; call < 60; call++) {
                fleet.ask(MODEL);
            }

            assertThat(fleet.chats().get(0) + fleet.chats().get(2)).isEqualTo(60);
        }
    }

    @Test
    void chat_oneServerIsFrozen_goesOnElsewhereAndAvoidsIt() {
        Map<String, String> values = Map.of("paddock.routing.poll", "1h", "paddock.timeouts.head", "300ms", "paddock.retry.backoff", "0s");
        try (Fleet fleet = Fleet.of(3, settings -> Fleet.withModel(settings, MODEL), values)) {
            Latch never = new Latch();
            fleet.server(2).faults().enqueue(FaultScript.on("/api/chat").times(1000).then(new Fault.HoldLines(0, never)));

            for (int call = 0; call < 60; call++) {
                fleet.ask(MODEL);
            }

            assertThat(fleet.chats().get(2)).isLessThanOrEqualTo(8);
            never.open();
        }
    }

    @Test
    void chat_breaksAfterItsFirstFrame_isSentOnce() {
        try (Fleet fleet = Fleet.of(2, settings -> Fleet.withModel(settings, MODEL), RARE_POLLS)) {
            for (int server = 0; server < 2; server++) {
                fleet.server(server).faults().enqueue(FaultScript.on("/api/chat").times(100).then(new Fault.CutLine(2, TcpClose.RESET)));
            }

            assertThat(catchThrowableOfType(LlmException.class, () -> readAll(stream(fleet)))).isNotNull();

            assertThat(fleet.chats().stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
        }
    }

    @Test
    void chat_failsOnEveryServer_ejectsNone() {
        try (Fleet fleet = Fleet.of(4, settings -> Fleet.withModel(settings, MODEL), RARE_POLLS)) {
            for (int server = 0; server < 4; server++) {
                fleet.server(server).faults().enqueue(FaultScript.on("/api/chat").times(1000).then(Fault.status(500, "broken")));
            }

            for (int call = 0; call < 40; call++) {
                assertThat(catchThrowableOfType(LlmException.class, () -> fleet.ask(MODEL))).isNotNull();
            }

            assertThat(fleet.states()).contains(BackendState.ACTIVE);
            assertThat(fleet.states().stream().filter(BackendState.EJECTED::equals).count()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void setDrained_inTheMiddleOfAStream_letsItEndAndSendsOthersElsewhere() {
        try (Fleet fleet = Fleet.of(2, settings -> Fleet.withModel(settings, MODEL), PROMPT)) {
            Latch middle = new Latch();
            holdStreams(fleet, middle);
            try (ResponseStream<ChatChunk> stream = stream(fleet)) {
                assertThat(stream.hasNext()).isTrue();
                int busy = fleet.chats().getFirst() == 1 ? 0 : 1;
                clearFaults(fleet);

                assertThat(fleet.backends().setDrained(Fleet.id(busy), true)).isTrue();
                for (int call = 0; call < 10; call++) {
                    fleet.ask(MODEL);
                }
                middle.open();
                readAll(stream);

                assertThat(fleet.chats().get(busy)).isEqualTo(1);
                assertThat(fleet.states().get(busy)).isEqualTo(BackendState.DRAINED);
                Eventually.await("no call is in progress", () -> fleet.status().get(busy).inFlight() == 0);
            }
        }
    }

    @Test
    void setDrained_everyServer_refusesAndSendsNothing() {
        try (Fleet fleet = Fleet.of(2, settings -> Fleet.withModel(settings, MODEL), RARE_POLLS)) {
            fleet.backends().setDrained(Fleet.id(0), true);
            fleet.backends().setDrained(Fleet.id(1), true);

            assertThat(catchThrowableOfType(BackendUnavailableException.class, () -> fleet.ask(MODEL))).hasMessageContaining("drained");

            assertThat(fleet.chats()).containsExactly(0L, 0L);
            fleet.backends().setDrained(Fleet.id(1), false);
            fleet.ask(MODEL);
            assertThat(fleet.chats()).containsExactly(0L, 1L);
        }
    }

    @Test
    void replaceBackends_inTheMiddleOfAStream_losesNoCall() {
        try (Fleet fleet = Fleet.of(2, settings -> Fleet.withModel(settings, MODEL), PROMPT);
                OllamaSimulator added = OllamaSimulator.start(Fleet.withModel(SimulatorSettings.builder(), MODEL).build())) {
            Latch middle = new Latch();
            holdStreams(fleet, middle);
            try (ResponseStream<ChatChunk> stream = stream(fleet)) {
                assertThat(stream.hasNext()).isTrue();
                int busy = fleet.chats().getFirst() == 1 ? 0 : 1;
                clearFaults(fleet);

                fleet.client().replaceBackends(List.of(Fleet.backend(2, added.baseUrl())));
                for (int call = 0; call < 10; call++) {
                    fleet.ask(MODEL);
                }
                middle.open();
                readAll(stream);

                assertThat(fleet.chats().stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
                assertThat(added.counters().requestsTo("/api/chat")).isEqualTo(10);
                Eventually.await("the connections to the removed server are closed", () -> fleet.server(busy).counters().connectionsOpen() == 0);
            }
        }
    }

    @Test
    void open_nativeRequest_neverReachesAServerOfAnotherApi() throws IOException {
        try (Fleet fleet = Fleet.of(2, settings -> Fleet.withModel(settings, MODEL), RARE_POLLS)) {
            fleet.client().replaceBackends(List.of(
                    Fleet.backend(0, fleet.server(0).baseUrl()), Fleet.openAi(1, fleet.server(1).baseUrl())));

            for (int call = 0; call < 20; call++) {
                fleet.ask(MODEL);
            }

            assertThat(fleet.chats()).containsExactly(20L, 0L);
            assertThat(requestCompatible(fleet)).isEqualTo(200);
        }
    }

    private static int requestCompatible(Fleet fleet) {
        byte[] body = ("{\"model\": \"" + MODEL + "\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}").getBytes(StandardCharsets.UTF_8);
        ExchangeRequest request = ExchangeRequest.post(Operation.CHAT, "/v1/chat/completions", body).withModel(MODEL);
        try (Exchange answer = fleet.client().exchange().open(request, CallContext.within(Duration.ofSeconds(30), System::nanoTime))) {
            return answer.head().status();
        }
    }

    private static void holdStreams(Fleet fleet, Latch middle) {
        for (int server = 0; server < 2; server++) {
            fleet.server(server).faults().enqueue(FaultScript.on("/api/chat").then(new Fault.HoldLines(2, middle)));
        }
    }

    private static void clearFaults(Fleet fleet) {
        fleet.server(0).faults().clear();
        fleet.server(1).faults().clear();
    }

    private static ResponseStream<ChatChunk> stream(Fleet fleet) {
        return fleet.client().llm().chatStream(ChatRequest.of(MODEL, "Why is the sky blue?"));
    }

    private static List<ChatChunk> readAll(ResponseStream<ChatChunk> stream) {
        List<ChatChunk> chunks = new ArrayList<>();
        stream.forEachRemaining(chunks::add);
        return chunks;
    }

    private static String metrics(Fleet fleet) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        fleet.client().writeMetrics(page);
        return page.toString(StandardCharsets.UTF_8);
    }
}
