package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.recording.RecordedRequest;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loads of the benchmark, as the server receives them. */
class BenchLoadTest {

    private final OllamaSimulator server =
            OllamaSimulator.start(SimulatorSettings.builder().parallel(8).build());

    @TempDir private Path directory;

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void prompts_byDefault_areAllDifferent() {
        CliRun run = bench("--requests", "10");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(bodies()).hasSize(10).doesNotHaveDuplicates();
        assertThat(mode(run, "pooled").get("repeated")).isEqualTo(0);
    }

    @Test
    void prompts_ofWarmUpAndModes_areDifferent() {
        bench("--requests", "4", "--warm-up", "3", "--mode", "pooled,unpooled");

        assertThat(bodies()).hasSize(2 * (4 + 3)).doesNotHaveDuplicates();
    }

    @Test
    void repeat_share_isThatOfTheRequestsAtTheServer() {
        CliRun run = bench("--requests", "10", "--repeat", "0.4");

        assertThat(bodies()).hasSize(10);
        assertThat(bodies().stream().distinct()).hasSize(6);
        assertThat(mode(run, "pooled").get("repeated")).isEqualTo(4);
    }

    @Test
    void models_several_areAskedInTurnAndShownOneByOne() {
        CliRun run = bench("-m", "llama3.2,qwen3:4b", "--requests", "6");

        assertThat(bodies().stream().filter(body -> body.contains("\"llama3.2\""))).hasSize(3);
        assertThat(bodies().stream().filter(body -> body.contains("\"qwen3:4b\""))).hasSize(3);
        assertThat(object(mode(run, "pooled"), "models").keySet()).containsExactly("llama3.2", "qwen3:4b");
        assertThat(object(object(mode(run, "pooled"), "models"), "qwen3:4b").get("successes")).isEqualTo(3);
    }

    @Test
    void promptFile_text_isSentLineByLineAndThenAgain() throws Exception {
        CliRun run = bench("--requests", "5", "--prompts", file("prompts.txt", "One?\n\nTwo?\n").toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(bodies().stream().filter(body -> body.contains("One?"))).hasSizeBetween(2, 3);
        assertThat(bodies().stream().filter(body -> body.contains("Two?"))).hasSizeBetween(2, 3);
        assertThat(mode(run, "pooled").get("repeated")).isEqualTo(3);
    }

    @Test
    void promptFile_prompts_areThoseOfTheModeWhateverElseIsMeasured() throws Exception {
        String file = file("prompts.txt", IntStream.range(0, 1024).mapToObj(Integer::toString).collect(Collectors.joining("\n"))).toString();
        bench("--requests", "5", "--prompts", file, "--mode", "retries");
        List<String> alone = bodies();

        bench("--requests", "5", "--prompts", file, "--mode", "pooled,retries", "--warm-up", "3");

        List<String> both = bodies().subList(5, bodies().size());
        assertThat(both).hasSize(2 * (3 + 5)).doesNotHaveDuplicates();
        assertThat(both.subList(3 + 5 + 3, 2 * (3 + 5))).isEqualTo(alone);
    }

    @Test
    void promptFile_withoutPrompts_isRefusedBeforeAnythingIsSent() throws Exception {
        CliRun run = bench("--prompts", file("empty.json", "[]").toString());

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.err()).contains("empty.json").contains("has no prompt");
        assertThat(server.counters().requests()).isZero();
    }

    @Test
    void turns_ofAConversation_sendTheAnswersBeforeThem() throws Exception {
        Path conversations = file("sharegpt.json", """
                [{"id": "a", "conversations": [{"from": "human", "value": "First?"}, {"from": "gpt", "value": "recorded"},
                  {"from": "human", "value": "Second?"}, {"from": "gpt", "value": "recorded"}, {"from": "human", "value": "Third?"}]}]
                """);

        CliRun run = bench("--requests", "4", "--turns", "2", "--prompts", conversations.toString(), "--workload", "stream");

        assertThat(run.status()).as(run.err()).isZero();
        List<List<String>> roles = bodies().stream().map(BenchLoadTest::roles).toList();
        assertThat(roles).containsExactly(
                List.of("user"), List.of("user", "assistant", "user"), List.of("user"), List.of("user", "assistant", "user"));
        assertThat(bodies()).noneMatch(body -> body.contains("Third?") || body.contains("recorded"));
    }

    @Test
    void turns_lastConversation_isCutAtTheNumberOfRequests() {
        bench("--requests", "5", "--turns", "3");

        assertThat(bodies().stream().map(body -> roles(body).size())).containsExactly(1, 3, 5, 1, 3);
    }

    @Test
    void turns_failedAnswer_isLeftOutOfTheConversation() {
        server.faults().enqueue(FaultScript.on("/api/chat").times(1).then(Fault.busy()));

        bench("--requests", "3", "--turns", "3");

        assertThat(bodies().stream().map(BenchLoadTest::roles))
                .containsExactly(List.of("user"), List.of("user"), List.of("user", "assistant", "user"));
    }

    @Test
    void tokens_ofPromptsAndAnswers_areThoseOfTheOptions() {
        CliRun run = bench("--requests", "5", "--input-tokens", "30-40", "--output-tokens", "7");

        assertThat(bodies()).allSatisfy(body -> {
            assertThat(prompt(body).split(" ").length).isBetween(30, 40);
            assertThat(body).contains("\"num_predict\":7");
        });
        assertThat(mode(run, "pooled").get("output_tokens")).isEqualTo(5 * 7);
        assertThat((Integer) mode(run, "pooled").get("input_tokens")).isGreaterThan(5 * 30);
    }

    @Test
    void duration_insteadOfANumber_endsByItselfAndCountsWhatWasSent() {
        CliRun run = bench("--duration", "300ms", "--warm-up", "100ms", "--concurrency", "2");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.json().get("complete")).isEqualTo(true);
        int measured = (Integer) mode(run, "pooled").get("requests");
        assertThat(measured).isPositive();
        assertThat(server.counters().requests()).isGreaterThan(measured);
        assertThat(object(run.json(), "load")).containsEntry("duration_ms", 300).containsEntry("warm_up_ms", 100).doesNotContainKey("requests");
    }

    @Test
    void replay_log_startsAsManyRequestsAsItHasTimes() throws Exception {
        Path log = file("access.log", """
                time=2026-11-29T10:00:00.010Z id=1 outcome=ok total=10
                time=2026-11-29T10:00:00.025Z id=2 outcome=ok total=10
                time=2026-11-29T10:00:00.020Z id=3 outcome=ok total=10
                """);

        CliRun run = bench("--replay", log.toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(bodies()).hasSize(3);
        assertThat(object(run.json(), "load")).containsEntry("arrivals", "replay").containsEntry("requests", 3);
        assertThat(object(mode(run, "pooled"), "schedule")).containsEntry("scheduled", 3);
    }

    @Test
    void arrivals_poisson_sendsAllRequests() {
        CliRun run = bench("--requests", "20", "--rate", "2000", "--arrivals", "poisson");

        assertThat(bodies()).hasSize(20);
        assertThat(object(run.json(), "load")).containsEntry("arrivals", "poisson").containsEntry("rate", 2000.0);
    }

    @Test
    void openLoop_oneConnectionHeld_saysThatItCouldNotKeepItsRate() {
        server.faults().enqueue(FaultScript.on("/api/chat").times(1).then(new Fault.Delay(Duration.ofMillis(500))));

        // All are due within 24 ms. Requests that start in time find the only connection in use; others are late.
        CliRun run = run("--requests", "12", "--rate", "500", "--concurrency", "1");

        assertThat(run.out()).containsAnyOf("the only connection was in use", "the rate was not kept");
    }

    @Test
    void cache_repeatedPrompts_areNotSentAgain() {
        CliRun run = bench("--requests", "10", "--repeat", "0.5", "--mode", "pooled,cache");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(server.counters().requestsTo("/api/chat")).isEqualTo(10 + 5);
        assertThat(mode(run, "cache").get("successes")).isEqualTo(10);
        assertThat(object(object(run.json(), "layers"), "cache")).containsEntry("against", "pooled").containsKeys("p50_ms", "throughput");
    }

    @Test
    void all_equalRequestsAtOnce_askTheServerOnce() {
        CliRun run = bench("--requests", "8", "--repeat", "1", "--mode", "all", "--concurrency", "4");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(server.counters().requestsTo("/api/chat")).isEqualTo(1);
    }

    @Test
    void openAi_stream_hasTimesOfTokensAndNotOfTheFirstRole() {
        CliRun run = bench("--requests", "4", "--workload", "stream", "--dialect", "openai", "--output-tokens", "5");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(server.counters().requestsTo("/v1/chat/completions")).isEqualTo(4);
        assertThat(object(mode(run, "pooled"), "figures")).containsKeys("first_token_p50_ms", "between_tokens_p50_ms");
    }

    @Test
    void prompts_fromAPipe_areReadOnce() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        CompletableFuture<Path> writing = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.writeString(pipe, "One?\nTwo?\n");
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });

        CliRun run = bench("--requests", "2", "--prompts", pipe.toString());

        assertThat(writing.get(30, TimeUnit.SECONDS)).isEqualTo(pipe);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(bodies()).hasSize(2);
    }

    @Test
    void retries_busyServer_isAskedAgain() {
        server.faults().enqueue(FaultScript.on("/api/chat").times(1).then(Fault.busy()));

        CliRun run = bench("--requests", "3", "--mode", "retries");

        assertThat(object(mode(run, "retries"), "errors")).isEmpty();
        assertThat(server.counters().requestsTo("/api/chat")).isEqualTo(3 + 1);
    }

    @Test
    void slo_requests_areCountedWithinEachLimit() {
        CliRun run = bench("--requests", "5", "--workload", "stream", "--slo", "ttft=1h,p95=1h,between_p99=1ms");

        Map<String, Object> pooled = mode(run, "pooled");
        assertThat((List<?>) pooled.get("slo")).hasSize(3).first().isEqualTo(Map.of("limit", "ttft <= 3600 s", "within", 5, "share", 1.0));
        assertThat(object(pooled, "figures")).containsKeys("goodput", "within_limits", "between_tokens_p95_ms");
        assertThat(object(pooled, "distributions").keySet()).containsExactly("latency", "ttft", "between");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--slo ttft=500ms                      | need --workload stream",
        "--slo speed=3s                        | ttft, between and latency",
        "--slo p95=fast                        | is not a duration",
        "--workload embed --turns 2            | --turns needs --workload chat or stream",
        "--rate 5 --replay x.log               | --replay has its own times",
        "--requests 5 --duration 5s            | exclude each other",
        "--arrivals poisson                    | --arrivals needs --rate",
        "--fail-if p95>+10%                    | needs --baseline",
        "--fail-if p95>10%                     | p95>2s",
        "--fail-if p95<+10%                    | is true without any change",
        "--fail-if latency>3s                  | names no figure",
        "--fail-if ttft_p95>3s                 | needs --workload stream",
        "--fail-if goodput<3                   | needs --slo",
        "--fail-on-worse                       | needs --baseline",
        "--output-format ollama-rag            | needs --output",
        "--repeat 5                            | the number of parts is --parts",
        "--input-tokens 10 --prompts none.txt  | exclude each other",
        "--replay none.log                     | there is no file none.log",
    })
    void options_thatDoNotFit_areExplainedBeforeAnythingIsSent(String options, String message) {
        CliRun run = bench(options.strip().split(" "));

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.err()).contains(message);
        assertThat(server.counters().requests()).isZero();
    }

    private Path file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    /** Returns the bodies of the requests for answers, in the order in which the server received them. */
    private List<String> bodies() {
        return server.requests().stream().filter(request -> request.method().equals("POST")).map(RecordedRequest::body).toList();
    }

    private static List<String> roles(String body) {
        return messages(body).stream().map(message -> String.valueOf(message.get("role"))).toList();
    }

    private static String prompt(String body) {
        return String.valueOf(messages(body).getLast().get("content"));
    }

    private static List<Map<String, Object>> messages(String body) {
        List<?> messages = (List<?>) CliRun.object(PlainJson.fromText(body)).get("messages");
        return messages.stream().map(CliRun::object).toList();
    }

    private CliRun bench(String... arguments) {
        return run(Stream.concat(Stream.of("--json"), Stream.of(arguments)).toArray(String[]::new));
    }

    /** Runs with one caller and without a warm-up, unless the arguments say otherwise. */
    private CliRun run(String... arguments) {
        List<String> given = List.of(arguments);
        String[] all = Stream.of(
                        List.of("bench", "--url", server.baseUrl()),
                        unless(given, "-m", "llama3.2"),
                        unless(given, "--concurrency", "1"),
                        unless(given, "--warm-up", "0"),
                        given)
                .flatMap(List::stream)
                .toArray(String[]::new);
        return new CliRun().withSessions(SessionFactory.ofDefaults()).run(all);
    }

    private static List<String> unless(List<String> given, String option, String value) {
        return given.contains(option) ? List.of() : List.of(option, value);
    }

    private static Map<String, Object> mode(CliRun run, String mode) {
        return object(object(run.json(), "modes"), mode);
    }

    private static Map<String, Object> object(Map<String, Object> map, String name) {
        return CliRun.object(map.get(name));
    }
}
