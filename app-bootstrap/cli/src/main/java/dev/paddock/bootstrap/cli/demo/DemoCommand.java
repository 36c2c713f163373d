package dev.paddock.bootstrap.cli.demo;

import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.demo.DemoScenario.DemoComparison;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.pool.EndpointPool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares calls with a new connection each and calls through the pool, against a simulated server. */
@Command(
        name = "demo",
        description = "Shows the effect of a connection pool: makes the same calls with a new connection each and "
                + "through the pool. Needs no server, since it simulates one; the figures are those of this machine.")
public final class DemoCommand extends CliCommand {

    private static final Duration TOKEN_INTERVAL = Duration.ofMillis(40);
    private static final int WARM_UP_CALLS = 30;
    private static final int USUAL_CALLERS = 10;

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "50",
            description = "Calls in each series: ${DEFAULT-VALUE}.")
    private int calls;

    @Option(
            names = "--callers",
            paramLabel = "N",
            description = "Concurrent callers in the second and fourth comparison: 10, or --calls if that is less.")
    private @Nullable Integer callers;

    @Option(
            names = "--connection-cost",
            paramLabel = "DURATION",
            defaultValue = "25ms",
            description = "The cost of each new connection, as over a network and with TLS: ${DEFAULT-VALUE}.")
    private Duration connectionCost = Duration.ZERO;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "The HTTP client: apache5, jdk, okhttp or netty.")
    private @Nullable String transport;

    @Override
    protected ExitStatus run() {
        if (calls < 2 || (callers != null && (callers < 1 || callers > calls))) {
            throw new UsageException("--calls must be at least 2, and --callers between 1 and --calls");
        }
        String chosen = Transports.named(transport).name();
        if (common().json()) {
            printJson(chosen);
        } else {
            printText(chosen);
        }
        return ExitStatus.OK;
    }

    private int callers() {
        return callers == null ? Math.min(USUAL_CALLERS, calls) : callers;
    }

    private void printText(String chosen) {
        terminal().result("The same " + calls + " calls, made in two ways: with a new client, hence a new");
        terminal().result("connection, for each call, and with one client, hence one pool, for all calls.");
        terminal().result("The server is simulated in this process: it adds the cost of a network and TLS");
        terminal().result("to each new connection, and counts connections. A warm-up is not measured.");
        terminal().result("Transport: " + chosen + ".");
        terminal().result("");
        DemoComparison.table(compare(chosen)).forEach(terminal()::result);
        terminal().result("");
        terminal().result("A streamed chat through the pool (the simulator makes up the text):");
        terminal().write("  ");
        chat(chosen, terminal()::write).forEach(pool -> {
            terminal().result("");
            terminal().result("");
            terminal().result("The pool after these calls (list models, list loaded models, chat):");
            terminal().result("  " + toText(pool));
        });
    }

    private void printJson(String chosen) {
        List<DemoComparison> comparisons = compare(chosen);
        StringBuilder text = new StringBuilder();
        List<EndpointPool> pools = chat(chosen, text::append);
        DemoComparison sequential = comparisons.getFirst();
        terminal().result(new JsonObjectBuilder()
                .put("simulated", true)
                .put("transport", chosen)
                .put("callers", sequential.scenario().callers())
                .putMillis("connection_cost_ms", connectionCost)
                .put("unpooled", sequential.unpooled().toJson())
                .put("pooled", sequential.pooled().toJson())
                .put("scenarios", comparisons.stream().map(DemoComparison::toJson).toList())
                .put("chat", new JsonObjectBuilder().put("text", text.toString()).toMap())
                .put("pool", pools.stream().map(DemoCommand::toJson).findFirst().orElse(null))
                .toJson());
    }

    private List<DemoComparison> compare(String chosen) {
        // Without a warm-up the first series would include the loading of classes.
        for (int warmUpCallers : List.of(1, 4)) {
            new DemoScenario(WARM_UP_CALLS, warmUpCallers, Duration.ZERO, chosen).compare();
        }
        return List.of(
                        new DemoScenario(calls, 1, connectionCost, chosen),
                        new DemoScenario(calls, callers(), connectionCost, chosen),
                        new DemoScenario(calls, 1, Duration.ZERO, chosen),
                        new DemoScenario(calls, callers(), Duration.ZERO, chosen))
                .stream()
                .map(DemoScenario::compare)
                .toList();
    }

    /** Makes some calls over one connection, the last of them a streamed chat, and returns the state of the pool. */
    private List<EndpointPool> chat(String chosen, Consumer<String> chunks) {
        DemoScenario scenario = new DemoScenario(calls, 1, connectionCost, chosen);
        try (DemoServer server = DemoServer.start(scenario, TOKEN_INTERVAL);
                Session session = SessionFactory.ofDefaults().open(server.overrides())) {
            session.models().models(CallContext.create());
            session.models().runningModels(CallContext.create());
            ChatRequest request = ChatRequest.of(DemoServer.MODEL, "Why are connections worth keeping?");
            try (ResponseStream<ChatChunk> stream = session.llm().chatStream(request)) {
                while (stream.hasNext()) {
                    chunks.accept(stream.next().text());
                }
            }
            return session.pools();
        }
    }

    private static Map<String, Object> toJson(EndpointPool pool) {
        Map<String, Object> closed = new TreeMap<>();
        pool.totals().closed().forEach((reason, count) -> closed.put(reason.label(), count));
        return new JsonObjectBuilder()
                .put("endpoint", pool.endpoint())
                .put("transport", pool.transport())
                .put("created", pool.totals().created())
                .put("leases", pool.totals().leases())
                .put("reused", pool.totals().reused())
                .put("reuse_ratio", pool.totals().reuseRatio())
                .put("leased", pool.usage().leased())
                .put("idle", pool.usage().idle())
                .put("pending", pool.usage().pending())
                .put("closed", closed)
                .toMap();
    }

    private static String toText(EndpointPool pool) {
        return "created " + orUnknown(pool.totals().created()) + ", leases " + pool.totals().leases() + ", reused "
                + orUnknown(pool.totals().reused()) + ", idle " + orUnknown(pool.usage().idle()) + ", in use "
                + pool.usage().leased() + " (transport " + pool.transport() + ")";
    }

    private static String orUnknown(@Nullable Number number) {
        return number == null ? "unknown" : number.toString();
    }
}
