package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.testsupport.RawClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulingTest extends SimulatorTest {
    private static final String LOAD = "{'model':'%s','prompt':'hi'}";

    @Test
    void load_clientLeaves_isAborted() throws Exception {
        start(settings().loadTime(Duration.ofMinutes(5)));
        RawClient client = client().postJson("/api/chat", CHAT);
        await(counters -> counters.loadsStarted() == 1);

        client.close();

        await(counters -> counters.loadsAborted() == 1 && counters.disconnectsDuringGeneration() == 1);
        assertThat(simulator().loadedModels()).isEmpty();
        assertThat(simulator().counters().generationsStarted()).isZero();
    }

    @Test
    void load_clientResets_isAborted() throws Exception {
        start(settings().loadTime(Duration.ofMinutes(5)));
        RawClient client = client().postJson("/api/chat", CHAT);
        await(counters -> counters.loadsStarted() == 1);

        client.reset();

        await(counters -> counters.loadsAborted() == 1);
    }

    @Test
    void load_clientHalfCloses_isAborted() throws Exception {
        start(settings().loadTime(Duration.ofMinutes(5)));
        RawClient client = client().postJson("/api/chat", CHAT);
        await(counters -> counters.loadsStarted() == 1);

        client.halfClose();

        await(counters -> counters.loadsAborted() == 1);
    }

    @Test
    void queue_full_isRefusedWithTwoSpaces() throws Exception {
        start(settings().loadTime(Duration.ofMinutes(5)).maxQueue(1));
        client().postJson("/api/generate", LOAD.formatted("llama3.2"));
        await(counters -> counters.loadsStarted() == 1);
        client().postJson("/api/generate", LOAD.formatted("llava:7b"));
        await(counters -> counters.requestsWaiting() == 1);

        RawClient.Response refused = client().exchange("/api/generate", LOAD.formatted("qwen3:4b"));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body())
            .isEqualTo("{\"error\":\"server busy, please try again.  maximum pending requests exceeded\"}");
        assertThat(refused.head().header("Retry-After")).isNull();
    }

    @Test
    void queueOfNothing_whileLoading_refusesAtOnce() throws Exception {
        start(settings().loadTime(Duration.ofMinutes(5)).maxQueue(0));
        client().postJson("/api/generate", LOAD.formatted("llama3.2"));
        await(counters -> counters.loadsStarted() == 1);

        assertThat(client().exchange("/api/generate", LOAD.formatted("llava:7b")).status()).isEqualTo(503);
    }

    @Test
    void residentModel_whileAnotherLoads_keepsServing() throws Exception {
        Latch gate = new Latch();
        client().exchange("/api/chat", CHAT);
        simulator().faults().enqueue(new Fault.HoldLoad(gate));
        RawClient loader = client().postJson("/api/generate", LOAD.formatted("llava:7b"));
        assertThat(gate.awaitArrival(LIMIT)).isTrue();

        assertThat(client().exchange("/api/chat", CHAT).status()).isEqualTo(200);

        assertThat(simulator().counters().loadsCompleted()).isEqualTo(1);
        gate.open();
        assertThat(loader.response().status()).isEqualTo(200);
    }

    @Test
    void reload_whileTheModelAnswers_waitsForTheAnswer() throws Exception {
        Latch gate = new Latch();
        simulator().faults().enqueue(new Fault.HoldLines(1, gate));
        RawClient holder = client().postJson("/api/chat", CHAT);
        assertThat(gate.awaitArrival(LIMIT)).isTrue();
        RawClient reloader =
            client().postJson("/api/chat", CHAT.replace("'messages'", "'options':{'num_ctx':8192},'messages'"));
        RawClient third = client().postJson("/api/chat", CHAT);
        await(counters -> counters.requests() == 3);
        assertThat(simulator().counters().loadsStarted()).isEqualTo(1);

        gate.open();

        assertThat(holder.response().status()).isEqualTo(200);
        assertThat(reloader.response().status()).isEqualTo(200);
        assertThat(third.response().status()).isEqualTo(200);
        assertThat(simulator().counters().loadsCompleted()).isEqualTo(2);
    }

    @Test
    void residentModel_allSlotsTaken_waitsAndNeverRefuses() throws Exception {
        Latch gate = new Latch();
        start(settings().maxQueue(0));
        client().exchange("/api/chat", CHAT);
        simulator().faults().enqueue(new Fault.HoldLines(1, gate));
        RawClient holder = client().postJson("/api/chat", CHAT);
        assertThat(gate.awaitArrival(LIMIT)).isTrue();
        List<RawClient> waiting = List.of(client(), client(), client());
        for (RawClient each : waiting) {
            each.postJson("/api/chat", CHAT_WHOLE);
        }
        await(counters -> counters.requestsWaiting() == 3);
        assertThat(simulator().counters().generationsStarted()).isEqualTo(2);

        gate.open();

        assertThat(holder.response().status()).isEqualTo(200);
        for (RawClient each : waiting) {
            JsonNode answer = json(each.response().body());
            long unexplained = answer.path("total_duration").asLong() - answer.path("load_duration").asLong();
            assertThat(unexplained).isPositive();
        }
    }

    @Test
    void slotQueue_waiterLeaves_isCountedAndItsTurnPasses() throws Exception {
        Latch gate = new Latch();
        client().exchange("/api/chat", CHAT);
        simulator().faults().enqueue(new Fault.HoldLines(1, gate));
        RawClient holder = client().postJson("/api/chat", CHAT);
        assertThat(gate.awaitArrival(LIMIT)).isTrue();
        RawClient leaver = client().postJson("/api/chat", CHAT);
        await(counters -> counters.requestsWaiting() == 1);

        leaver.close();
        await(counters -> counters.disconnects() == 1);
        gate.open();

        assertThat(holder.response().status()).isEqualTo(200);
        assertThat(client().exchange("/api/chat", CHAT).status()).isEqualTo(200);
        assertThat(simulator().counters().generationsStarted()).isEqualTo(3);
    }

    @Test
    void parallelTwo_twoAnswersAtOnce() throws Exception {
        Latch gate = new Latch();
        start(settings().parallel(2));
        simulator().faults().enqueue(FaultScript.onAny().times(2).then(new Fault.HoldLines(1, gate)));
        client().postJson("/api/chat", CHAT);
        client().postJson("/api/chat", CHAT);

        await(counters -> counters.tokensSent() == 2);
        gate.open();
        await(counters -> counters.generationsCompleted() == 2);
    }

    @Test
    void runnerOptions_differ_modelIsLoadedAgain() throws Exception {
        RawClient client = client();
        String wide = CHAT.replace("'messages'", "'options':{'num_ctx':8192},'messages'");

        client.exchange("/api/chat", CHAT);
        client.exchange("/api/chat", wide);
        client.exchange("/api/chat", wide);
        client.exchange("/api/chat", CHAT);

        assertThat(simulator().counters().loadsCompleted()).isEqualTo(2);
        assertThat(json(client.get("/api/ps").response().body()).path("models").path(0).path("context_length").asInt())
            .isEqualTo(8192);
    }

    @Test
    void memory_full_theSoonestToExpireMakesRoom() throws Exception {
        start(settings().maxLoadedModels(1));
        RawClient client = client();
        client.exchange("/api/generate", LOAD.formatted("llama3.2"));
        client.exchange("/api/generate", LOAD.formatted("llava:7b"));

        assertThat(simulator().loadedModels()).containsExactly("llava:7b");
        assertThat(simulator().counters().modelsUnloaded()).isEqualTo(1);
    }

    @Test
    void keepAlive_over_unloadsTheModel() throws Exception {
        client().exchange("/api/chat", CHAT.replace("'messages'", "'keep_alive':'20ms','messages'"));

        await(counters -> counters.modelsUnloaded() == 1);
        assertThat(simulator().loadedModels()).isEmpty();
    }

    @Test
    void keepAlive_zeroWithAPrompt_unloadsAfterTheAnswer() throws Exception {
        RawClient.Response response =
            client().exchange("/api/chat", CHAT.replace("'messages'", "'keep_alive':0,'messages'"));

        assertThat(lines(response)).hasSize(21);
        await(counters -> counters.modelsUnloaded() == 1);
    }

    @Test
    void keepAlive_forever_showsADistantDate() throws Exception {
        RawClient client = client();
        client.exchange("/api/chat", CHAT.replace("'messages'", "'keep_alive':-1,'messages'"));
        client.exchange("/api/chat", CHAT);

        JsonNode model = json(client.get("/api/ps").response().body()).path("models").path(0);
        assertThat(model.path("name").asText()).isEqualTo("llama3.2:latest");
        assertThat(Integer.parseInt(model.path("expires_at").asText().substring(0, 4))).isGreaterThan(2300);
    }

    @Test
    void loadDuration_containsTheLoad() throws Exception {
        start(settings().loadTime(Duration.ofMillis(60)));

        JsonNode answer = json(client().exchange("/api/chat", CHAT_WHOLE).body());

        assertThat(Duration.ofNanos(answer.path("load_duration").asLong())).isGreaterThan(Duration.ofMillis(59));
    }
}
