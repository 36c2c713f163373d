package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.cli.terminal.TerminalTraits;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ChatRequest QUESTION = ChatRequest.of("llama3.2", "Hello");
    private static final TerminalTraits SCREEN = new TerminalTraits(false, true, true, false);

    private final OllamaSimulator server = OllamaSimulator.start();
    private final Paddock paddock = clientOf(server);
    private final StubGateway gateway = StubGateway.of(paddock);

    @AfterEach
    void stop() {
        gateway.close();
        paddock.close();
        server.close();
    }

    @Test
    void pool_afterTwoCalls_isALineWithWhatHappened() {
        callTwice();

        CliRun run = CliRun.of("pool", "--gateway", gateway.url());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().toList()).satisfiesExactly(
                titles -> assertThat(titles).startsWith("SERVER").endsWith("CIRCUIT"),
                line -> assertThat(line)
                        .startsWith(server.baseUrl())
                        .containsPattern(" 0/20 +1 +0 +1 +50.0% +0 +\\d+\\.\\d\\d ms +\\d+\\.\\d\\d ms .* closed$"));
    }

    @Test
    void pool_beforeAnyCall_saysThatNothingIsKnownOfTheWait() {
        CliRun run = CliRun.of("pool", "--gateway", gateway.url());

        assertThat(run.out().lines().toList().getLast())
                .containsPattern(" 0/20 +0 +0 +0 +- +0 +- +- +- +- +closed$");
    }

    @Test
    void pool_json_isTheObjectOfTheGateway() {
        callTwice();

        Map<String, Object> pool = CliRun.object(
                CliRun.of("pool", "--json", "--gateway", gateway.url()).json().get("connection_pool"));

        assertThat(pool).containsEntry("total_requests", 2);
        assertThat(CliRun.object(((List<?>) pool.get("backends")).getFirst()))
                .containsEntry("created", 1)
                .containsEntry("reused", 1)
                .containsEntry("transport", "apache5");
    }

    @Test
    void pool_connectionsClosed_tellsTheReasons() throws InterruptedException {
        SimulatorSettings slow = SimulatorSettings.builder()
                .tokenInterval(Duration.ofMillis(20))
                .tokensPerAnswer(10_000)
                .build();
        try (OllamaSimulator slowServer = OllamaSimulator.start(slow);
                Paddock client = clientOf(slowServer);
                StubGateway front = StubGateway.of(client)) {
            try (ResponseStream<ChatChunk> stream = client.llm().chatStream(QUESTION)) {
                assertThat(stream.hasNext()).isTrue();
            }
            assertThat(slowServer.awaitDisconnect(PATIENCE)).isTrue();

            assertThat(CliRun.of("pool", "--gateway", front.url()).out().lines().toList().getLast())
                    .isEqualTo("closed at " + slowServer.baseUrl() + ": discarded 1");
        }
    }

    @Test
    void pool_circuitOfAModelIsOpen_isALineOfItsOwn() {
        server.faults().enqueue(FaultScript.on("/api/chat").times(100).then(Fault.badGatewayPage()));
        for (int call = 0; call < 5; call++) {
            assertThatThrownBy(this::callTwice).isInstanceOf(LlmException.class);
        }

        assertThat(CliRun.of("pool", "--gateway", gateway.url()).out().lines().toList().getLast())
                .matches("model llama3.2 at " + server.baseUrl() + ": circuit open for \\d\\.\\d s");
    }

    @Test
    void pool_noServer_isTheTitlesAlone() {
        paddock.close();

        assertThat(CliRun.of("pool", "--gateway", gateway.url()).out().lines()).hasSize(1);
    }

    @Test
    void pool_key_isSentAsBearerAndTheOptionWins() {
        new CliRun().run("pool", "--gateway", gateway.url());
        new CliRun().withEnvironment(Map.of("PADDOCK_GATEWAY_KEY", "k1")).run("pool", "--gateway", gateway.url());
        new CliRun()
                .withEnvironment(Map.of("PADDOCK_GATEWAY_KEY", "k1"))
                .run("pool", "--gateway", gateway.url(), "--api-key", "k2");

        assertThat(gateway.sent("Authorization")).containsExactly(null, "Bearer k1", "Bearer k2");
    }

    @Test
    void pool_nobodyListens_saysHowToStartOne() {
        gateway.close();

        CliRun run = CliRun.of("pool", "--gateway", gateway.url());

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("paddock: ").contains(gateway.url(), "paddock serve", "--gateway")
                .doesNotContain("ollama");
        assertThat(CliRun.of("pool", "--json", "--gateway", gateway.url()).jsonError())
                .containsEntry("kind", "backend_unavailable")
                .containsEntry("exit_status", 4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | {}                      | 8 | PADDOCK_GATEWAY_KEY
            403 | {}                      | 8 | operator
            404 | 404 page not found      | 1 | --gateway
            429 | {}                      | 7 | fewer
            500 | {}                      | 1 | log
            200 | hello                   | 1 | --gateway
            200 | []                      | 1 | --gateway
            200 | {"connection_pool":{}}  | 1 | --gateway
            """)
    void pool_otherAnswer_hasItsExitStatusAndItsAdvice(int status, String body, int expected, String advice) {
        gateway.thenAnswer(0, status, body);

        CliRun run = CliRun.of("pool", "--gateway", gateway.url());

        assertThat(run.status()).isEqualTo(expected);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("paddock: ").contains(advice).doesNotContain("\tat ");
    }

    @Test
    void watch_screen_isDrawnAnewUntilItFails() {
        gateway.thenAnswer(3, 401, "{}");

        CliRun run = new CliRun().withTraits(SCREEN).run("pool", "--watch", "--gateway", gateway.url());

        assertThat(run.status()).isEqualTo(8);
        assertThat(run.out().split("\u001b\\[H\u001b\\[2J", -1)).hasSize(4).satisfies(screens ->
                assertThat(screens[3].lines().toList().get(1)).startsWith("SERVER"));
    }

    @Test
    void watch_gatewayFailsForAWhile_goesOn() {
        gateway.thenAnswer(2, 503, "{}");
        gateway.thenAnswerAgainAfter(2, 401);

        CliRun run = CliRun.of("pool", "--watch", "--json", "--gateway", gateway.url());

        assertThat(run.status()).isEqualTo(8);
        assertThat(run.jsonLines()).hasSize(2);
        assertThat(run.err().lines().filter(line -> line.startsWith("No answer: the gateway failed"))).hasSize(2);
    }

    @Test
    void watch_pipe_hasNoControlCharactersAndJsonIsOneObjectALine() {
        gateway.thenAnswer(2, 401, "{}");

        CliRun run = CliRun.of("pool", "--watch", "--json", "--gateway", gateway.url());

        assertThat(run.jsonLines()).hasSize(2).allSatisfy(line -> assertThat(line).containsKey("connection_pool"));
        assertThat(run.out()).doesNotContain("\u001b");
    }

    private static Paddock clientOf(OllamaSimulator simulator) {
        return Paddock.start(
                ConfigurationLoader.ofDefaults().withOverrides("test", Map.of("paddock.base-url", simulator.baseUrl())));
    }

    private void callTwice() {
        paddock.llm().chat(QUESTION);
        paddock.llm().chat(QUESTION);
    }
}
