package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.terminal.TerminalTraits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the benchmark says about a run: its errors, its comparison and its verdict. */
class BenchReportTest {

    private static final String ALL_MODES = "unpooled,pooled,retries,cache,single-flight,batch,all";

    private final OllamaSimulator server =
            OllamaSimulator.start(SimulatorSettings.builder().parallel(8).build());

    @TempDir private Path directory;

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void errors_ofAServerThatIsNotThere_haveTextAddressAndCountInAllOutputs() throws Exception {
        String gone = server.baseUrl();
        server.close();
        Path page = directory.resolve("page.html");

        CliRun text = bench(List.of("--html", page.toString()));
        CliRun json = bench(List.of("--json"));

        assertThat(text.status()).isEqualTo(ExitStatus.UNREACHABLE.code());
        assertThat(text.out()).contains("backend_unavailable: 12 in mode pooled at " + gone).contains("onnect");
        Map<String, Object> pooled = object(object(json.json(), "modes"), "pooled");
        assertThat(object(pooled, "errors")).containsEntry("backend_unavailable", 12);
        Map<String, Object> first = object(object(pooled, "first_errors"), "backend_unavailable");
        assertThat(first).containsEntry("address", gone);
        assertThat((String) first.get("message")).contains("onnect");
        assertThat(Files.readString(page)).contains("backend_unavailable").contains(gone).contains("onnect");
    }

    @Test
    void errors_ofSeveralKinds_eachHaveTheirFirstText() {
        server.faults().enqueue(
                FaultScript.on("/api/chat").times(2).then(Fault.busy()),
                FaultScript.on("/api/chat").times(1).then(Fault.garbageStatusLine()));

        CliRun run = bench(List.of());

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("server_busy: 2 in mode pooled", "malformed_response: 1 in mode pooled");
    }

    @Test
    void html_withBaseline_showsTheComparison() throws Exception {
        Path file = directory.resolve("before.json");
        Path page = directory.resolve("page.html");
        bench(List.of("--output", file.toString()));

        bench(List.of("--baseline", file.toString(), "--html", page.toString()));

        assertThat(Files.readString(page)).contains("Compared with the baseline").contains("verdict").contains("within noise");
    }

    @ParameterizedTest
    @CsvSource({"error_rate>10%, 10", "error_rate>90%, 0", "throughput<1000000, 10", "max>0.000001ms, 10", "max>20m, 0", "successes, 2"})
    void failIf_bound_decidesTheExitStatus(String condition, int status) {
        server.faults().enqueue(FaultScript.on("/api/chat").times(6).then(Fault.busy()));

        CliRun run = bench(List.of("--json", "--fail-if", condition));

        assertThat(run.status()).as(run.err()).isEqualTo(status);
        if (status == ExitStatus.WORSE.code()) {
            assertThat((List<?>) run.json().get("failed")).hasSize(1).first().asString().startsWith(condition + " in mode pooled: ");
        }
    }

    @ParameterizedTest
    @CsvSource({"p95>+10%, 0.0001, 10", "p95>+10%, 1000, 0", "throughput<-5%, 1000, 10", "throughput<-5%, 0.0001, 0"})
    void failIf_changeSinceTheBaseline_decidesTheExitStatus(String condition, double factor, int status) throws Exception {
        Path file = baseline(figure -> figure * factor);

        CliRun run = bench(List.of("--baseline", file.toString(), "--fail-if", condition));

        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertThat(run.out().contains("Failed: " + condition + " in mode pooled")).isEqualTo(status != 0);
    }

    @Test
    void failOnWorse_figureBeyondTheNoise_fails() throws Exception {
        Path quicker = baseline(figure -> 1e9); // also in each part, so that it has no noise

        CliRun worse = bench(List.of("--baseline", quicker.toString(), "--fail-on-worse"));
        CliRun noJudgement = bench(List.of("--baseline", quicker.toString()));

        assertThat(worse.status()).isEqualTo(ExitStatus.WORSE.code());
        assertThat(worse.out()).contains("Failed: answers per second of mode pooled is worse.");
        assertThat(noJudgement.status()).isZero();
    }

    @Test
    void failOnWorse_tooFewParts_isRefused() throws Exception {
        CliRun run = bench(List.of("--baseline", baseline(figure -> figure).toString(), "--fail-on-worse", "--parts", "2"));

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
    }

    @Test
    void baselineOfAnotherMode_isRefusedWhereAConditionNeedsIt() throws Exception {
        long before = server.counters().requests();
        Path file = baseline(figure -> figure);
        long after = server.counters().requests();

        CliRun run = bench(List.of("--baseline", file.toString(), "--mode", "unpooled", "--fail-if", "p95>+10%"));

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.err()).contains("has no p95 of mode unpooled");
        assertThat(after - before).isEqualTo(12);
        assertThat(server.counters().requests()).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({"unpooled, --html, unpooled", "'pooled,retries', --fail-on-worse, retries"})
    void baselineWithoutFiguresOfAMode_isRefusedBeforeTheLoad(String modes, String option, String unknown) throws Exception {
        Path file = baseline(figure -> figure);
        long after = server.counters().requests();
        List<String> options = option.equals("--html") ? List.of(option, directory.resolve("page.html").toString()) : List.of(option);

        CliRun run = bench(Stream.concat(Stream.of("--baseline", file.toString(), "--mode", modes), options.stream()).toList());

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.err()).contains("has no figures of mode " + unknown);
        assertThat(server.counters().requests()).isEqualTo(after);
    }

    @Test
    void baselineOfSomeModes_isComparedInThese() throws Exception {
        CliRun run = bench(List.of("--json", "--baseline", baseline(figure -> figure).toString(), "--mode", "pooled,retries"));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(object(object(run.json(), "comparison"), "modes").keySet()).containsExactly("pooled");
    }

    @Test
    void failIf_changeOfGoodputWithOtherLimits_isRefused() throws Exception {
        Path file = directory.resolve("slo.json");
        bench(List.of("--output", file.toString(), "--slo", "p95=1h"));
        long after = server.counters().requests();

        CliRun other = bench(List.of("--baseline", file.toString(), "--slo", "p95=2h", "--fail-if", "goodput<-99%"));

        assertThat(other.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(other.err()).contains("--fail-if 'goodput<-99%' needs a baseline with the same --slo");
        assertThat(server.counters().requests()).isEqualTo(after);
        assertThat(bench(List.of("--baseline", file.toString(), "--slo", "p95=1h", "--fail-if", "within_limits<-99%")).status()).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void fileThatCannotBeWritten_doesNotLoseTheReport() {
        CliRun run = bench(List.of("--output", "/dev/full"));

        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains("the file /dev/full cannot be written");
        assertThat(run.out()).contains("p95");
    }

    @Test
    void ragBaseline_isWrittenAndRead() throws Exception {
        Path file = directory.resolve("baseline_results.json");

        CliRun first = bench(List.of("--output", file.toString(), "--output-format", "ollama-rag"));
        CliRun second = bench(List.of("--baseline", file.toString(), "--fail-if", "p95>+1000000%"));
        CliRun other = bench(List.of("--baseline", file.toString(), "--requests", "13"));

        assertThat(first.status()).as(first.err()).isZero();
        Map<String, Object> written = CliRun.object(PlainJson.fromText(Files.readString(file)));
        assertThat(object(written, "test_info"))
                .containsEntry("test_name", "baseline_measurement")
                .containsEntry("num_requests", 12)
                .containsEntry("concurrent_requests", 1)
                .containsEntry("base_url", server.baseUrl());
        assertThat(object(written, "metrics"))
                .containsEntry("total_requests", 12)
                .containsEntry("successful_requests", 12)
                .containsEntry("error_count", 0)
                .containsKeys("timestamp", "error_rate_percent", "throughput_rps", "duration_seconds");
        assertThat(object(object(written, "metrics"), "response_times_ms").keySet())
                .containsExactlyInAnyOrder("p50", "p95", "p99", "mean", "min", "max");
        assertThat(object(written, "resource_usage").keySet())
                .containsExactlyInAnyOrder("cpu_percent", "memory_percent", "memory_available_mb");
        assertThat(second.status()).as(second.err()).isZero();
        assertThat(second.out()).contains("too few parts").contains("p95");
        assertThat(other.status()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(other.err()).contains("requests was 12 and is 13");
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 120})
    void text_allModes_fitsTheTerminalAndUsesIt(int columns) {
        server.faults().enqueue(FaultScript.on("/api/chat").times(2).then(Fault.busy()));
        CliRun run = new CliRun()
                .withSessions(SessionFactory.ofDefaults())
                .withTraits(new TerminalTraits(false, true, false, false, columns))
                .run("bench", "--url", server.baseUrl(), "-m", "llama3.2", "--requests", "4", "--warm-up", "0", "--concurrency", "2",
                        "--mode", ALL_MODES, "--repeat", "0.5", "--workload", "stream");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= columns);
        assertThat(run.out().lines().mapToInt(String::length).max().orElse(0)).isGreaterThan(columns - 25);
        for (String mode : ALL_MODES.split(",")) {
            assertThat(run.out()).contains(mode);
        }
        assertThat(run.out()).contains("against").contains("Batches join texts to embed");
    }

    @Test
    void layers_withoutRepeats_sayThatCachesAddNothing() {
        assertThat(bench(List.of("--mode", "pooled,cache")).out()).contains("--repeat 0.4");
    }

    /** Writes a result whose figures, also those of its parts, are changed. */
    private Path baseline(DoubleUnaryOperator change) throws Exception {
        Path file = directory.resolve("result.json");
        CliRun run = bench(List.of("--json", "--output", file.toString()));
        assertThat(run.status()).as(run.err()).isZero();
        Map<String, Object> result = run.json();
        Map<String, Object> pooled = new LinkedHashMap<>(object(object(result, "modes"), "pooled"));
        pooled.put("figures", changed(object(pooled, "figures"), change));
        pooled.put("parts", ((List<?>) pooled.get("parts")).stream().map(part -> changed(CliRun.object(part), change)).toList());
        Map<String, Object> written = new LinkedHashMap<>(result);
        written.put("modes", Map.of("pooled", pooled));
        return Files.writeString(file, PlainJson.toText(written));
    }

    private static Map<String, Object> changed(Map<String, Object> figures, DoubleUnaryOperator change) {
        Map<String, Object> changed = new LinkedHashMap<>();
        figures.forEach((name, value) -> changed.put(name, change.applyAsDouble(((Number) value).doubleValue())));
        return changed;
    }

    /** Runs 12 requests of one caller, unless the arguments say otherwise. */
    private CliRun bench(List<String> arguments) {
        String[] all = Stream.of(
                        List.of("bench", "--url", server.baseUrl(), "-m", "llama3.2", "--warm-up", "0", "--concurrency", "1"),
                        arguments.contains("--requests") ? List.<String>of() : List.of("--requests", "12"),
                        arguments)
                .flatMap(List::stream)
                .toArray(String[]::new);
        return new CliRun().withSessions(SessionFactory.ofDefaults()).run(all);
    }

    private static Map<String, Object> object(Map<String, Object> map, String name) {
        return CliRun.object(map.get(name));
    }
}
