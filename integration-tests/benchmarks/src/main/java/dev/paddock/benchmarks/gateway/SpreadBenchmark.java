package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.BenchmarkMachine;
import dev.paddock.benchmarks.PageTables;
import dev.paddock.benchmarks.calls.CallBenchmark;
import dev.paddock.benchmarks.gateway.GatewayBenchmark.GatewayWarmUp;
import dev.paddock.benchmarks.gateway.LoadGenerator.GatewayLoad;
import dev.paddock.benchmarks.gateway.LoadGenerator.LoadResult;
import dev.paddock.benchmarks.gateway.LoadTargets.LoadTarget;
import dev.paddock.benchmarks.gateway.SpreadOptions.Effort;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * Compares the gateway with other proxies and the clients with other clients, each contender in turn, and writes the tables into the
 * page of the documentation. A contender that cannot be had, does not start or fails does not stop the others. Runs in the directory
 * of the launcher.
 */
public final class SpreadBenchmark {

    private static final int PACED_STREAMS = 64;
    private static final int WARM_UP_CONNECTIONS = 32;
    private static final String HEAP = "-Xmx256m";
    private static final List<String> WORKLOADS = List.of("W1", "W2", "W3", "W4");
    private static final List<RequestLoad> REQUESTS = List.of(
            new RequestLoad(GatewayLoad.CHAT, 1), new RequestLoad(GatewayLoad.CHAT, 32), new RequestLoad(GatewayLoad.CHAT, 256),
            new RequestLoad(GatewayLoad.STREAM, 1), new RequestLoad(GatewayLoad.STREAM, 32), new RequestLoad(GatewayLoad.PROMPT, 1));

    private final SpreadOptions options;
    private final Effort effort;
    private final Path directory;
    private final Path page;
    private final PrintStream progress = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    private final List<String> notes = new ArrayList<>();

    private SpreadBenchmark(SpreadOptions options, Path directory, Path page) {
        this.options = options;
        this.effort = options.effort();
        this.directory = directory;
        this.page = page;
    }

    /** See the script {@code spread} for the options. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        SpreadOptions options = SpreadOptions.parse(arguments);
        SpreadBenchmark benchmark = new SpreadBenchmark(options, Files.createTempDirectory("spread"), page(options));
        String command = String.join(" ", "integration-tests/benchmarks/spread", String.join(" ", arguments)).strip();
        if (!options.proxies().isEmpty()) {
            benchmark.compareGateways(command);
        }
        if (options.calls()) {
            benchmark.compareCalls(command);
        }
        benchmark.progress.println("The tables are in " + benchmark.page);
    }

    private static Path page(SpreadOptions options) throws IOException {
        Path chosen = options.page();
        if (chosen != null) {
            return chosen;
        }
        if (!options.quick()) {
            return SpreadOptions.DOCUMENTATION;
        }
        Files.createDirectories(SpreadOptions.COPY.getParent());
        return Files.copy(SpreadOptions.DOCUMENTATION, SpreadOptions.COPY, StandardCopyOption.REPLACE_EXISTING);
    }

    private void compareGateways(String command) throws IOException, InterruptedException {
        Map<String, String> tables = new LinkedHashMap<>();
        try (LoadTargets targets = LoadTargets.startPossible(directory, options.proxies(), this::note)) {
            List<LoadTarget> proxies = targets.all().subList(1, targets.all().size());
            List<String> names = proxies.stream().map(LoadTarget::name).toList();
            SpreadResults costs = new SpreadResults(names);
            SpreadResults memory = new SpreadResults(names);
            LoadGenerator generator = new LoadGenerator(directory);
            warmUp(generator, proxies);
            measureRequests(generator, proxies, costs);
            measurePacedStreams(proxies, costs);
            measureFirstBytes(targets.all().getFirst(), proxies, costs);
            measureMemory(targets, names, memory);
            tables.put("gateways", costs.medians());
            tables.put("gateways-ratios", costs.ratios(Proxy.HAPROXY_DUTIES.label()));
            tables.put("gateways-memory", memory.medians());
        }
        tables.put("gateways-origin", origin(command, versions()));
        PageTables.write(page, tables);
    }

    private void warmUp(LoadGenerator generator, List<LoadTarget> proxies) throws IOException, InterruptedException {
        GatewayWarmUp warmUp = new GatewayWarmUp(generator, effort.warmUp());
        for (LoadTarget target : proxies) {
            for (GatewayLoad load : List.of(GatewayLoad.CHAT, GatewayLoad.STREAM, GatewayLoad.PROMPT)) {
                warmUp.run(target, load);
                if (target.name().equals(Proxy.PORTKEY.label())) { // it has compilers too, which nothing tells apart
                    LoadResult unused = generator.run(target, load, WARM_UP_CONNECTIONS, (int) effort.warmUp().toSeconds());
                }
            }
            progress.println(target.name() + " is warm");
        }
    }

    private void measureRequests(LoadGenerator generator, List<LoadTarget> proxies, SpreadResults costs) throws InterruptedException {
        for (RequestLoad each : REQUESTS) {
            String row = each.load().label() + ", " + each.connections() + (each.connections() == 1 ? " connection" : " connections") + ": us per request";
            for (int round = 0; round < effort.rounds(); round++) {
                for (LoadTarget target : proxies) {
                    add(costs, row, target.name(), () -> {
                        Duration before = target.relayingTime();
                        LoadResult reading = generator.run(target, each.load(), each.connections(), effort.seconds());
                        if (reading.requests() == 0 || reading.failures() > 0) {
                            throw new IOException(reading.failures() + " requests of " + reading.requests() + " failed");
                        }
                        return micros(target, before) / reading.requests();
                    });
                }
            }
        }
    }

    private void measurePacedStreams(List<LoadTarget> proxies, SpreadResults costs) throws InterruptedException {
        String row = PACED_STREAMS + " streams, a chunk each 20 ms: us per chunk";
        for (int round = 0; round < effort.rounds(); round++) {
            Duration settle = round == 0 ? effort.settle().plus(effort.warmUp()) : effort.settle();
            for (LoadTarget target : proxies) {
                add(costs, row, target.name(), () -> {
                    try (PacedStreams streams = PacedStreams.open(target, PACED_STREAMS)) {
                        long warming = streams.read(settle);
                        Duration before = target.relayingTime();
                        long chunks = streams.read(effort.window());
                        if (warming == 0 || chunks == 0) {
                            throw new IOException("no chunk has arrived");
                        }
                        return micros(target, before) / chunks;
                    }
                });
            }
        }
    }

    private void measureFirstBytes(LoadTarget direct, List<LoadTarget> proxies, SpreadResults costs)
            throws IOException, InterruptedException {
        String row = "first byte of a stream with 1 ms between chunks, added: ms";
        List<LoadTarget> answering = new ArrayList<>(List.of(direct));
        for (LoadTarget target : proxies) {
            try {
                List<Histogram> unused = FirstByteProbe.measure(List.of(target), GatewayLoad.START, 1);
                answering.add(target);
            } catch (IOException failure) {
                fail(costs, row, target.name(), failure);
            }
        }
        List<Histogram> times = FirstByteProbe.measure(answering, GatewayLoad.START, effort.probes());
        double alone = millis(times.getFirst());
        for (int at = 1; at < answering.size(); at++) {
            costs.add(row, answering.get(at).name(), millis(times.get(at)) - alone);
        }
    }

    private static double millis(Histogram times) {
        return times.getValueAtPercentile(50) / 1e6;
    }

    private void measureMemory(LoadTargets targets, List<String> names, SpreadResults memory) throws InterruptedException {
        String row = "memory per open stream of " + effort.streams() + ": kB";
        for (Proxy proxy : options.proxies()) {
            if (names.contains(proxy.label())) {
                add(memory, row, proxy.label(), () -> {
                    LoadTarget target = targets.startSpacious(proxy, 2 * effort.streams(), HEAP);
                    try {
                        return new StreamMemory(target).ofEach(effort.streams(), effort.settle()) / 1024;
                    } finally {
                        target.end();
                    }
                });
            }
        }
    }

    private static double micros(LoadTarget target, Duration before) {
        return target.relayingTime().minus(before).toNanos() / 1e3;
    }

    private void add(SpreadResults results, String row, String contender, Measurement measurement) throws InterruptedException {
        try {
            double figure = measurement.take();
            results.add(row, contender, figure);
            progress.printf("%s; %s: %.2f%n", row, contender, figure);
        } catch (IOException | IllegalStateException failure) {
            fail(results, row, contender, failure);
        }
    }

    private void fail(SpreadResults results, String row, String contender, Exception failure) {
        results.add(row, contender, Double.NaN);
        note(contender, row + ": " + failure.getMessage());
    }

    private void note(String contender, String reason) {
        progress.println(contender + " failed: " + reason);
        String note = "* " + contender + " failed: " + reason.lines().collect(Collectors.joining(" / "));
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    private void compareCalls(String command) throws IOException {
        Map<String, String> tables = new LinkedHashMap<>();
        for (String workload : WORKLOADS) {
            Path output = directory.resolve(workload + ".md");
            List<String> arguments = new ArrayList<>(List.of("--interleaved", "--workloads", workload, "--output", output.toString()));
            arguments.addAll(effort.callArguments());
            CallBenchmark.main(arguments.toArray(String[]::new));
            tables.put("calls-" + workload,
                    Files.readAllLines(output).stream().filter(line -> line.startsWith("|")).collect(Collectors.joining("\n")));
        }
        notes.clear();
        tables.put("calls-origin", origin(command, "Paddock " + version(Proxy.PADDOCK)));
        PageTables.write(page, tables);
    }

    private String versions() {
        return options.proxies().stream()
                .filter(proxy -> proxy != Proxy.HAPROXY && proxy != Proxy.PADDOCK_NETTY && proxy != Proxy.PADDOCK_EPOLL)
                .map(proxy -> (proxy == Proxy.HAPROXY_DUTIES ? Proxy.HAPROXY : proxy).label() + " " + version(proxy))
                .collect(Collectors.joining(", "));
    }

    private static String version(Proxy proxy) {
        try {
            return ProxyVersion.of(proxy);
        } catch (IOException missing) {
            return "(missing)";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "(unknown)";
        }
    }

    private String origin(String command, String versions) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "    " + command,
                "",
                LocalDate.now(ZoneOffset.UTC) + "; " + BenchmarkMachine.describe() + ". " + versions + "."));
        if (!notes.isEmpty()) {
            lines.add("");
            lines.addAll(notes);
        }
        return String.join("\n", lines);
    }

    /**
     * A load of requests that follow each other.
     *
     * @param load the request
     * @param connections the number of connections
     */
    private record RequestLoad(GatewayLoad load, int connections) {}

    /** Takes one figure. */
    @FunctionalInterface
    private interface Measurement {

        double take() throws IOException, InterruptedException;
    }
}
