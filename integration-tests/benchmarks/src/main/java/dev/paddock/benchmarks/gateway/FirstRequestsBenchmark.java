package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.BenchmarkMachine;
import dev.paddock.benchmarks.Quantiles;
import dev.paddock.benchmarks.gateway.FirstByteProbe.ProbeConnection;
import dev.paddock.benchmarks.gateway.LoadGenerator.GatewayLoad;
import dev.paddock.benchmarks.gateway.LoadTargets.LoadTarget;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Measures what the first requests of a gateway cost, next to those of the same gateway when it is warm. */
public final class FirstRequestsBenchmark {

    private static final int FIRST = 1_000;
    private static final int WARM = 5_000;
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    private FirstRequestsBenchmark() {}

    /** Takes {@code --runs N}. */
    public static void main(String... arguments) throws Exception {
        int runs = arguments.length == 2 && arguments[0].equals("--runs") ? Integer.parseInt(arguments[1]) : 5;
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(BenchmarkMachine.describe() + "; small chats of one client, medians of " + runs + " starts");
        out.println();
        out.println("| gateway | CPU us, first 1,000 | CPU us, warm | ratio | compilers, us, first 1,000 |");
        out.println("|---|--:|--:|--:|--:|");
        for (Proxy proxy : List.of(Proxy.PADDOCK, Proxy.PADDOCK_NETTY)) {
            List<Cost> costs = new ArrayList<>();
            for (int run = 0; run < runs; run++) {
                costs.add(measure(proxy));
            }
            out.printf(Locale.ROOT, "| %s | %.0f | %.0f | %.1f | %.0f |%n", proxy.label(), median(costs, Cost::first),
                    median(costs, Cost::warm), median(costs, Cost::ratio), median(costs, Cost::compilers));
        }
    }

    private static Cost measure(Proxy proxy) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("first-requests");
        try (LoadTargets targets = LoadTargets.start(directory, List.of(proxy));
                ProbeConnection server = new ProbeConnection(targets.all().getFirst(), GatewayLoad.CHAT)) {
            ask(server, FIRST); // the server is warm, the gateway is not
            LoadTarget gateway = targets.all().getLast();
            try (ProbeConnection client = new ProbeConnection(gateway, GatewayLoad.CHAT)) {
                Duration compiled = gateway.compilerTime();
                double first = cost(gateway, client, FIRST);
                double compilers = micros(gateway.compilerTime().minus(compiled)) / FIRST;
                for (long end = System.nanoTime() + WARM_UP.toNanos(); System.nanoTime() < end; ) {
                    ask(client, FIRST);
                }
                return new Cost(first, cost(gateway, client, WARM), compilers);
            }
        }
    }

    /** Returns the processor time of a request, without compilers, in microseconds. */
    private static double cost(LoadTarget gateway, ProbeConnection client, int requests) throws IOException {
        Duration before = gateway.relayingTime();
        ask(client, requests);
        return micros(gateway.relayingTime().minus(before)) / requests;
    }

    private static void ask(ProbeConnection client, int requests) throws IOException {
        for (int request = 0; request < requests; request++) {
            long unused = client.ask();
        }
    }

    private static double micros(Duration time) {
        return time.toNanos() / 1e3;
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> value) {
        return Quantiles.median(costs.stream().mapToDouble(value));
    }

    /** What a request of one start costs, in microseconds of a processor. */
    private record Cost(double first, double warm, double compilers) {

        double ratio() {
            return first / warm;
        }
    }
}
