package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import dev.paddock.testsupport.RawClient;
import java.io.EOFException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultTest extends SimulatorTest {
    @Test
    void script_countedAndAddressed_strikesOnlyMatchingRequests() throws Exception {
        simulator().faults().enqueue(FaultScript.on("/api/tags").times(2).then(Fault.busy()));
        RawClient client = client();

        assertThat(client.get("/api/version").response().status()).isEqualTo(200);
        assertThat(client.get("/api/tags").response().status()).isEqualTo(503);
        assertThat(client.get("/api/tags").response().status()).isEqualTo(503);
        assertThat(client.get("/api/tags").response().status()).isEqualTo(200);
        assertThat(simulator().faults().remaining()).isZero();
    }

    @Test
    void answers_scripted_areSentAsTheyAre() throws Exception {
        simulator().faults().enqueue(Fault.busy());
        simulator().faults().enqueue(Fault.tooManyRequests("7"));
        simulator().faults().enqueue(Fault.badGatewayPage());
        simulator().faults().enqueue(new Fault.FixedResponse(418, "text/plain", "tea", Map.of("X-Pot", "yes")));
        RawClient client = client();

        assertThat(client.get("/").response().body())
            .isEqualTo("{\"error\":\"server busy, please try again.  maximum pending requests exceeded\"}");
        RawClient.Response limited = client.get("/").response();
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.head().header("Retry-After")).isEqualTo("7");
        assertThat(client.get("/").response().head().header("Content-Type")).isEqualTo("text/html");
        assertThat(client.get("/").response().head().header("X-Pot")).isEqualTo("yes");
    }

    @Test
    void disconnectBeforeHead_byFin_endsTheStream() throws Exception {
        simulator().faults().enqueue(new Fault.Disconnect(TcpClose.CLOSE));

        assertThat(client().postJson("/api/chat", CHAT).read()).isEqualTo(-1);
    }

    @Test
    void disconnectBeforeHead_byRst_isAReset() throws Exception {
        simulator().faults().enqueue(new Fault.Disconnect(TcpClose.RESET));
        RawClient client = client().postJson("/api/chat", CHAT);

        assertThatThrownBy(client::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
    }

    @Test
    void cutLine_byFin_endsInsideALine() throws Exception {
        simulator().faults().enqueue(new Fault.CutLine(2, TcpClose.CLOSE));
        RawClient client = client().postJson("/api/chat", CHAT);

        client.head();
        client.chunkText();
        client.chunkText();
        assertThat(client.chunkText()).startsWith("{").doesNotContain("\n");
        assertThat(client.read()).isEqualTo(-1);
    }

    @Test
    void cutLine_byRst_endsInsideALineWithAReset() throws Exception {
        simulator().faults().enqueue(new Fault.CutLine(1, TcpClose.RESET));
        RawClient client = client().postJson("/api/chat", CHAT);

        client.head();
        client.chunkText();
        assertThatThrownBy(client::bytesUntilClose).isInstanceOf(SocketException.class);
        assertThat(simulator().counters().disconnectsDuringGeneration()).isZero();
    }

    @Test
    void cutLine_ofABodyInOnePiece_leavesItShort() throws Exception {
        simulator().faults().enqueue(new Fault.CutLine(0, TcpClose.CLOSE));
        RawClient client = client().postJson("/api/chat", CHAT_WHOLE);

        int promised = Integer.parseInt(client.head().header("Content-Length"));
        assertThat(client.bytesUntilClose()).hasSize(promised / 2);
    }

    @Test
    void truncate_streamed_endsCleanlyWithoutDone() throws Exception {
        simulator().faults().enqueue(new Fault.Truncate(3));

        List<JsonNode> lines = lines(client().exchange("/api/chat", CHAT));

        assertThat(lines).hasSize(3).noneMatch(line -> line.path("done").asBoolean());
    }

    @Test
    void truncate_beforeAnyLine_isAnEmptyStream() throws Exception {
        simulator().faults().enqueue(new Fault.Truncate(0));

        RawClient.Response response = client().exchange("/api/chat", CHAT);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void truncate_notStreamed_saysDoneFalse() throws Exception {
        simulator().faults().enqueue(new Fault.Truncate(3));

        JsonNode answer = json(client().exchange("/api/chat", CHAT_WHOLE).body());

        assertThat(answer.path("done").asBoolean(true)).isFalse();
        assertThat(answer.has("done_reason")).isFalse();
        assertThat(answer.has("total_duration")).isFalse();
    }

    @Test
    void noLastChunk_endsTheConnectionAfterAllLines() throws Exception {
        simulator().faults().enqueue(Fault.Quirk.NO_LAST_CHUNK);
        RawClient client = client().postJson("/api/chat", CHAT);

        assertThatThrownBy(client::response).isInstanceOf(EOFException.class);
    }

    @Test
    void stall_clientLeaves_isACancellation() throws Exception {
        simulator().faults().enqueue(new Fault.Stall(2));
        RawClient client = client().postJson("/api/chat", CHAT);
        client.head();
        client.chunkText();
        client.chunkText();

        client.close();

        assertThat(simulator().awaitDisconnect(LIMIT)).isTrue();
        assertThat(simulator().counters().disconnectsDuringGeneration()).isEqualTo(1);
        assertThat(simulator().counters().generationsCompleted()).isZero();
        assertThat(simulator().counters().tokensSent()).isEqualTo(2);
    }

    @Test
    void runnerFailure_insideStream_isALineAndACleanEnd() throws Exception {
        simulator().faults().enqueue(Fault.errorAfterLines(2));

        RawClient.Response response = client().exchange("/api/chat", CHAT);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.lines()).hasSize(3);
        assertThat(response.lines().get(2)).isEqualTo(
            "{\"error\":\"an error was encountered while running the model: unexpected EOF\"}");
    }

    @Test
    void runnerFailure_beforeTheFirstLine_keepsItsStatus() throws Exception {
        simulator().faults().enqueue(Fault.errorAfterLines(0));

        RawClient.Response response = client().exchange("/api/chat", CHAT);

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body()).startsWith("{\"error\":\"model runner has unexpectedly stopped, this may be");
        assertThat(response.head().header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    }

    @Test
    void runnerFailure_beforeTheFirstLineOfAnOldServer_isAStreamOfOneError() throws Exception {
        simulator().faults().enqueue(Fault.errorLineFirst());
        RawClient client = client();
        assertThat(client.exchange("/api/chat", CHAT).lines()).singleElement().asString().startsWith("{\"error\":");

        start(settings().release(OllamaRelease.OLD));
        simulator().faults().enqueue(Fault.errorAfterLines(0));
        assertThat(client().exchange("/api/chat", CHAT).status()).isEqualTo(200);
    }

    @Test
    void malformedLine_isFollowedByGoodOnes() throws Exception {
        simulator().faults().enqueue(new Fault.MalformedLine(1));

        RawClient.Response response = client().exchange("/api/chat", CHAT);

        assertThat(response.lines()).hasSize(21);
        assertThatThrownBy(() -> GoJson.MAPPER.readTree(response.lines().get(1))).isNotNull();
        assertThat(json(response.lines().get(20)).path("done").asBoolean()).isTrue();
    }

    @Test
    void foreignRole_isInEveryMessage() throws Exception {
        simulator().faults().enqueue(new Fault.UnexpectedRole("oracle"));

        assertThat(lines(client().exchange("/api/chat", CHAT)))
            .allMatch(line -> line.path("message").path("role").asText().equals("oracle"));
    }

    @Test
    void hugeLine_hasTheSizeWanted() throws Exception {
        simulator().faults().enqueue(new Fault.HugeLine(1, 8_000_000));

        RawClient.Response response = client().exchange("/api/chat", CHAT);

        assertThat(response.lines().get(1).length()).isGreaterThan(8_000_000);
        assertThat(response.lines()).hasSize(21);
    }

    @Test
    void splitEveryByte_bodyIsTheSame() throws Exception {
        simulator().faults().enqueue(Fault.Quirk.SPLIT_EVERY_BYTE);

        RawClient.Response response = client().exchange("/api/chat", CHAT);

        assertThat(response.chunks()).hasSize(response.body().getBytes(StandardCharsets.UTF_8).length);
        assertThat(lines(response)).hasSize(21);
    }

    @Test
    void splitInsideCharacters_chunksBeginWithContinuations() throws Exception {
        simulator().faults().enqueue(Fault.Quirk.SPLIT_INSIDE_CHARACTERS);
        RawClient client = client().postJson("/api/chat", CHAT);
        client.head();

        boolean continued = false;
        for (byte[] chunk = client.chunk(); chunk.length > 0; chunk = client.chunk()) {
            continued |= (chunk[0] & 0xC0) == 0x80;
        }
        assertThat(continued).isTrue();
    }

    @Test
    void joinLines_groupsTravelTogether() throws Exception {
        simulator().faults().enqueue(new Fault.JoinLines(5));

        RawClient.Response response = client().exchange("/api/chat", CHAT);

        assertThat(response.chunks()).hasSize(5);
        assertThat(response.chunks().get(0).lines()).hasSize(5);
        assertThat(response.lines()).hasSize(21);
    }

    @Test
    void noFinalLineFeed_lastLineIsStillWhole() throws Exception {
        simulator().faults().enqueue(Fault.Quirk.NO_FINAL_LINE_FEED);

        RawClient.Response response = client().exchange("/api/chat", CHAT);

        assertThat(response.body()).endsWith("}");
        assertThat(lines(response)).hasSize(21);
    }

    @Test
    void slowDrip_pausesBeforeEveryByte() throws Exception {
        simulator().faults().enqueue(new Fault.SlowDrip(Duration.ofMillis(1)));
        long begin = System.nanoTime();

        RawClient.Response response = client().get("/api/version").response();

        assertThat(response.status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(100));
    }

    @Test
    void garbage_isNoHttp() throws Exception {
        simulator().faults().enqueue(Fault.garbageStatusLine());

        assertThat(new String(client().postJson("/api/chat", CHAT).bytesUntilClose(), StandardCharsets.US_ASCII))
            .startsWith("SSH-2.0");
    }

    @Test
    void excessLength_promisesMoreThanComes() throws Exception {
        simulator().faults().enqueue(new Fault.ExcessContentLength(10));
        RawClient client = client().request("GET", "/api/version", "");

        int promised = Integer.parseInt(client.head().header("Content-Length"));
        assertThat(client.bytesUntilClose()).hasSize(promised - 10);
    }

    @Test
    void connectionClose_isSaidAndDone() throws Exception {
        simulator().faults().enqueue(Fault.Quirk.CONNECTION_CLOSE);
        RawClient client = client();

        assertThat(client.exchange("/api/chat", CHAT).head().header("Connection")).isEqualTo("close");
        assertThat(client.read()).isEqualTo(-1);
    }

    @Test
    void endAfterAnswer_isDoneButNotSaid() throws Exception {
        simulator().faults().enqueue(new Fault.CloseAfterResponse(TcpClose.CLOSE));
        RawClient client = client();

        assertThat(client.get("/api/version").response().head().header("Connection")).isNull();
        assertThat(client.read()).isEqualTo(-1);
    }

    @Test
    void shuffledKeys_comeInAnotherOrderButSayTheSame() throws Exception {
        simulator().faults().enqueue(Fault.Quirk.SHUFFLED_KEYS);
        RawClient client = client();

        assertThat(client.exchange("/api/chat", CHAT).lines().get(0)).startsWith("{\"done\"");
        assertThat(client.exchange("/api/chat", CHAT).lines().get(0)).startsWith("{\"model\"");
    }

    @Test
    void hold_beforeTheHead_opensWithTheGate() throws Exception {
        Latch gate = new Latch();
        simulator().faults().enqueue(new Fault.Hold(gate), Fault.status(500, "boom"));
        RawClient client = client().postJson("/api/chat", CHAT);

        assertThat(gate.awaitArrival(LIMIT)).isTrue();
        assertThat(client.hasBytes()).isFalse();
        gate.open();

        assertThat(client.response().body()).isEqualTo("{\"error\":\"boom\"}");
    }

    @Test
    void delay_clientLeaves_isNoticedAtOnce() throws Exception {
        simulator().faults().enqueue(new Fault.Delay(Duration.ofMinutes(5)));
        RawClient client = client().postJson("/api/chat", CHAT);
        await(counters -> counters.requests() == 1);

        client.close();

        assertThat(simulator().awaitDisconnect(LIMIT)).isTrue();
        assertThat(simulator().counters().disconnectsDuringGeneration()).isZero();
    }
}
