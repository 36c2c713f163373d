package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OllamaSimulator server =
            OllamaSimulator.start(SimulatorSettings.builder().parallel(8).build());

    @TempDir private Path directory;

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "generate, /api/generate, llama3.2",
        "chat, /api/chat, llama3.2",
        "stream, /api/chat, llama3.2",
        "embed, /api/embed, nomic-embed-text"
    })
    void bench_workload_sendsAsManyRequestsAsItReports(String workload, String path, String model) {
        CliRun run = bench("--workload", workload, "-m", model, "--warm-up", "3");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(server.counters().requestsTo(path)).isEqualTo(12 + 3);
        assertThat(server.counters().requests()).isEqualTo(12 + 3);
        assertThat(pooled(run).get("requests")).isEqualTo(12);
        assertThat(pooled(run).get("successes")).isEqualTo(12);
        assertThat(figures(run)).containsKeys("mean_ms", "p50_ms", "p99_ms", "throughput", "tokens_per_second");
        assertThat(figures(run).containsKey("first_token_p50_ms")).isEqualTo(workload.equals("stream"));
    }

    @Test
    void bench_bothModes_connectionsAreThoseThatTheServerCounted() {
        CliRun run = bench("-m", "llama3.2", "--warm-up", "0", "--mode", "both", "--concurrency", "3");

        Map<String, Object> unpooled = connections(run, "unpooled");
        Map<String, Object> pooled = connections(run, "pooled");
        assertThat(unpooled.get("opened")).isEqualTo(12);
        assertThat(unpooled.get("reused")).isEqualTo(0);
        int opened = (Integer) pooled.get("opened");
        assertThat(opened).isBetween(1, 3);
        assertThat(pooled.get("reused")).isEqualTo(12 - opened);
        assertThat(server.counters().connectionsAccepted()).isEqualTo(12 + opened);
    }

    @Test
    void bench_simulator_countsItsConnectionsAndRequests() {
        CliRun run = CliRun.of(
                "bench", "--json", "--requests", "12", "--concurrency", "2", "--warm-up", "2", "--mode", "both,single-flight,batch");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(connections(run, "unpooled").get("accepted_by_server")).isEqualTo(12);
        assertThat(connections(run, "pooled").get("accepted_by_server"))
                .isEqualTo(connections(run, "pooled").get("opened"));
        assertThat(connections(run, "pooled").get("requests_received_by_server")).isEqualTo(12);
        for (String mode : List.of("unpooled", "single-flight", "batch")) {
            assertThat(connections(run, mode).get("requests_received_by_server"))
                    .as(mode)
                    .isEqualTo(connections(run, mode).get("requests_sent"));
        }
        assertThat(CliRun.object(run.json().get("environment")))
                .containsKeys("time", "paddock", "transport", "jdk", "os", "cpus", "max_heap_bytes");
    }

    @Test
    void bench_failures_areCountedByKindAndNotTriedAgain() {
        server.faults().enqueue(
                FaultScript.on("/api/chat").times(3).then(Fault.busy()),
                FaultScript.on("/api/chat").times(2).then(Fault.garbageStatusLine()));

        CliRun run = bench("-m", "llama3.2", "--warm-up", "0", "--concurrency", "1");

        assertThat(run.status()).isZero();
        assertThat(pooled(run).get("errors")).isEqualTo(Map.of("server_busy", 3, "malformed_response", 2));
        assertThat(pooled(run).get("successes")).isEqualTo(7);
        assertThat((Double) figures(run).get("error_rate")).isBetween(0.416, 0.417);
        assertThat(server.counters().requests()).isEqualTo(12);
    }

    @Test
    void bench_everythingFails_isAFailureOfThatKindAndGivesTheServerNoRest() {
        server.faults().enqueue(FaultScript.onAny().times(12).then(new Fault.Disconnect(TcpClose.RESET)));

        CliRun run = bench("-m", "llama3.2", "--warm-up", "0");

        assertThat(run.status()).isEqualTo(ExitStatus.INCOMPLETE.code());
        assertThat(pooled(run).get("errors")).isEqualTo(Map.of("connection_lost", 12));
        assertThat(server.counters().requests()).isEqualTo(12);
    }

    @Test
    void bench_openLoopAndServerStandsStill_latencyCountsTheWaiting() {
        Duration standstill = Duration.ofMillis(400);
        server.faults().enqueue(FaultScript.on("/api/chat").then(new Fault.Delay(standstill)));

        // One connection: all other requests wait behind the one that is held. All are due within 12 ms of it.
        CliRun run = bench("-m", "llama3.2", "--warm-up", "0", "--concurrency", "1", "--rate", "1000");

        assertThat(pooled(run).get("successes")).isEqualTo(12);
        assertThat((Double) figures(run).get("p50_ms")).isGreaterThan(standstill.toMillis() * 0.9);
        assertThat((Double) figures(run).get("mean_ms")).isGreaterThan(standstill.toMillis() * 0.9);
    }

    @Test
    void bench_openLoop_startsRequestsWhetherOthersAreAnsweredOrNot() throws Exception {
        Latch gate = new Latch();
        server.faults().enqueue(FaultScript.on("/api/chat").times(12).then(new Fault.Hold(gate)));

        CompletableFuture<CliRun> running = CompletableFuture.supplyAsync(() ->
                bench("-m", "llama3.2", "--warm-up", "0", "--rate", "500", "--mode", "unpooled", "--concurrency", "1"));
        boolean allArrived = server.awaitCounters(counters -> counters.requests() == 12, PATIENCE);
        gate.open();

        assertThat(allArrived).isTrue();
        assertThat(running.join().status()).isZero();
    }

    @Test
    void bench_output_isReadAsBaseline() {
        Path file = directory.resolve("result.json");
        CliRun first = bench("-m", "llama3.2", "--warm-up", "0", "--output", file.toString());
        assertThat(first.status()).as(first.err()).isZero();

        CliRun second = bench("-m", "llama3.2", "--warm-up", "0", "--baseline", file.toString());
        CliRun forPeople = run("-m", "llama3.2", "--warm-up", "0", "--baseline", file.toString());

        assertThat(second.status()).as(second.err()).isZero();
        Map<String, Object> comparison = CliRun.object(second.json().get("comparison"));
        assertThat(CliRun.object(CliRun.object(comparison.get("modes")).get("pooled")))
                .containsKeys("p50_ms", "throughput", "error_rate")
                .allSatisfy((measure, change) -> assertThat(CliRun.object(change)).containsKeys("before", "now", "verdict"));
        assertThat(forPeople.out()).contains("baseline").contains("verdict").contains("p99");
    }

    @Test
    void bench_baselineOfAnotherLoad_isRefusedBeforeAnythingIsSent() {
        Path file = directory.resolve("result.json");
        bench("-m", "llama3.2", "--warm-up", "0", "--output", file.toString());
        long before = server.counters().requests();

        CliRun run = bench("-m", "llama3.2", "--warm-up", "0", "--baseline", file.toString(), "--concurrency", "5");

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.err()).contains("another load").contains("concurrency was 4 and is 5");
        assertThat(server.counters().requests()).isEqualTo(before);
    }

    @Test
    void bench_baselineThatIsNone_isRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("other.json"), "{\"some\":\"thing\"}");

        CliRun run = bench("-m", "llama3.2", "--baseline", file.toString());

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.err()).contains("other.json").contains("is not a result of 'paddock bench'");
    }

    @Test
    void bench_output_namesNoServerAndNoMachine() throws Exception {
        Path file = directory.resolve("result.json");

        bench("-m", "llama3.2", "--warm-up", "0", "--output", file.toString());

        String host = InetAddress.getLocalHost().getHostName();
        assertThat(Files.readString(file)).doesNotContain("127.0.0.1").doesNotContain("\"" + host + "\"");
        assertThat(CliRun.object(PlainJson.fromText(Files.readString(file))).get("complete")).isEqualTo(true);
    }

    @Test
    void bench_html_containsTheResultAndNeedsNothingElse() throws Exception {
        Path file = directory.resolve("result.html");
        server.faults().enqueue(FaultScript.onAny().times(2).then(Fault.busy()));

        CliRun run = bench("-m", "llama3.2", "--warm-up", "0", "--mode", "both", "--html", file.toString());

        assertThat(run.status()).as(run.err()).isZero();
        String page = Files.readString(file);
        assertThat(page).doesNotContain("url(").doesNotContain("src=").doesNotContain("href=").doesNotContain("<script");
        assertThat(page).contains("server_busy", "connections opened", server.baseUrl(), "Environment", "prefers-color-scheme: dark");
    }

    @Test
    void bench_forPeople_tellsWhatItDidNotCount() {
        CliRun run = run("-m", "llama3.2", "--warm-up", "2");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("warm-up of 2 requests").contains("connections opened").contains("p99");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 110);
    }

    @ParameterizedTest
    @CsvSource({"--rate,0", "--rate,nan", "--concurrency,0", "--requests,0", "--repeat,13", "--parts,13", "--tokens,0", "--mode,some",
        "--duration,0", "--warm-up,soon", "--turns,0", "--input-tokens,9-3", "--slo,fast", "--fail-if,p95>10%",
        "--output-format,xml", "--arrivals,poisson"})
    void bench_valueOutOfRange_isWrongUsage(String option, String value) {
        CliRun run = bench("-m", "llama3.2", option, value);

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.err()).contains(option);
        assertThat(server.counters().requests()).isZero();
    }

    @Test
    void bench_outputThatCannotBeWritten_isRefusedBeforeAnythingIsSent() {
        CliRun run = bench("-m", "llama3.2", "--output", directory.resolve("no/such/file").toString());

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(server.counters().requests()).isZero();
    }

    private CliRun bench(String... arguments) {
        return run(Stream.concat(Stream.of("--json"), Stream.of(arguments)).toArray(String[]::new));
    }

    /** Runs 12 requests of 4 callers, unless the arguments say otherwise. */
    private CliRun run(String... arguments) {
        List<String> given = List.of(arguments);
        List<String> usual = given.contains("--concurrency") || given.contains("--requests")
                ? List.of()
                : List.of("--concurrency", "4");
        List<String> amount = given.contains("--requests") ? List.of() : List.of("--requests", "12");
        String[] all = Stream.of(List.of("bench", "--url", server.baseUrl()), usual, amount, given)
                .flatMap(List::stream)
                .toArray(String[]::new);
        return new CliRun().withSessions(SessionFactory.ofDefaults()).run(all);
    }

    private static Map<String, Object> pooled(CliRun run) {
        Map<String, Object> modes = CliRun.object(run.json().get("modes"));
        return CliRun.object(modes.values().iterator().next());
    }

    private static Map<String, Object> figures(CliRun run) {
        return CliRun.object(pooled(run).get("figures"));
    }

    private static Map<String, Object> connections(CliRun run, String mode) {
        return CliRun.object(
                CliRun.object(CliRun.object(run.json().get("modes")).get(mode)).get("connections"));
    }
}
