package dev.paddock.bootstrap.cli;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.bootstrap.Transports;
import dev.paddock.domain.pool.EndpointPool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a pool of connections is good for. */
@Command(
        name = "demo",
        description = "Shows what a pool of connections is good for: makes the same calls with a new connection "
                + "each and through the pool. Needs no server, since it simulates one; the numbers are those of this "
                + "machine.")
final class DemoCommand implements Callable<Integer> {

    private static final Duration TOKEN_INTERVAL = Duration.ofMillis(40);

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "50",
            description = "Calls in each series: ${DEFAULT-VALUE}.")
    private int calls;

    @Option(
            names = "--callers",
            paramLabel = "N",
            defaultValue = "10",
            description = "Callers at once in the second and fourth comparison: ${DEFAULT-VALUE}.")
    private int callers;

    @Option(
            names = "--connection-cost",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "25ms",
            description = "What each new connection costs, as over a network and with TLS: ${DEFAULT-VALUE}.")
    private Duration connectionCost = Duration.ZERO;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "What makes the connections: apache5, jdk or okhttp.")
    private @Nullable String transport;

    @Mixin private final CommonOptions common = new CommonOptions();

    private final CliContext context;

    DemoCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<DemoScenario> scenarios = scenarios();
        if (common.json()) {
            runForMachines(scenarios);
        } else {
            runForPeople(scenarios);
        }
        return ExitStatus.OK.code();
    }

    private List<DemoScenario> scenarios() {
        if (calls < 2 || callers < 1 || callers > calls) {
            throw new UsageException("--calls must be at least 2, and --callers between 1 and --calls");
        }
        HttpTransportFactory chosen = Transports.named(transport);
        return List.of(
                new DemoScenario(calls, 1, connectionCost, chosen),
                new DemoScenario(calls, callers, connectionCost, chosen),
                new DemoScenario(calls, 1, Duration.ZERO, chosen),
                new DemoScenario(calls, callers, Duration.ZERO, chosen));
    }

    private void runForPeople(List<DemoScenario> scenarios) {
        Terminal terminal = context.terminal();
        terminal.result(
                "The same " + calls + " calls, made in two ways: with a new client, and so a new connection, for each");
        terminal.result("call, and with one client, and so one pool, for all. The server is simulated, in this");
        terminal.result("process: it adds to each new connection what a network and TLS would cost, and counts");
        terminal.result("connections. Measured after a short warm-up, which is not counted. Transport: "
                + scenarios.getFirst().transport().name() + ".");
        terminal.result("");
        DemoTable.lines(new Demo(scenarios).run()).forEach(terminal::result);
        terminal.result("");
        terminal.result("A chat through the pool, as it comes (the simulator makes up the words):");
        terminal.write("  ");
        chat(scenarios.getFirst(), terminal::write).forEach(pool -> {
            terminal.result("");
            terminal.result("");
            terminal.result("What the pool says of these calls (list models, list loaded models, chat):");
            terminal.result("  " + PoolSummary.toText(pool));
        });
    }

    private void runForMachines(List<DemoScenario> scenarios) {
        List<DemoComparison> comparisons = new Demo(scenarios).run();
        StringBuilder text = new StringBuilder();
        List<EndpointPool> pools = chat(scenarios.getFirst(), text::append);
        DemoComparison sequential = comparisons.getFirst();
        context.terminal().result(new JsonObjectBuilder()
                .put("simulated", true)
                .put("transport", sequential.scenario().transport().name())
                .put("callers", sequential.scenario().callers())
                .putMillis("connection_cost_ms", connectionCost)
                .put("unpooled", sequential.unpooled().toJson())
                .put("pooled", sequential.pooled().toJson())
                .put("scenarios", comparisons.stream().map(DemoComparison::toJson).toList())
                .put("chat", new JsonObjectBuilder().put("text", text.toString()).toMap())
                .put("pool", pools.stream().map(PoolSummary::toJson).findFirst().orElse(null))
                .toJson());
    }

    private List<EndpointPool> chat(DemoScenario scenario, Consumer<String> pieces) {
        try (DemoServer server = DemoServer.start(scenario, TOKEN_INTERVAL);
                Session session = PaddockSessions.ofDefaults()
                        .open(ServerOptions.overrides(
                                server.baseUrl(), scenario.transport().name()))) {
            DemoChat chat = new DemoChat(session);
            chat.run(pieces);
            return chat.pools();
        }
    }
}
