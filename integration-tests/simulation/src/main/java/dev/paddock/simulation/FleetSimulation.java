package dev.paddock.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Prints tables in Markdown: what callers get of a fleet with the gateways of this project, and with others on the same calls. */
public final class FleetSimulation {

    private static final long SEED = 18;
    private static final double USUAL_LOAD = 0.5;

    private FleetSimulation() {}

    /** Runs the simulation; the optional arguments are the numbers of callers, of servers and of gateways. */
    public static void main(String[] arguments) {
        String[] words = String.join(" ", arguments).strip().split("\\s+", -1);
        int[] numbers = {10_000, 100, 20};
        for (int index = 0; index < words.length && !words[index].isEmpty(); index++) {
            numbers[index] = Integer.parseInt(words[index]);
        }
        FleetSize size = size(numbers[0], numbers[1], numbers[2]);
        compare("Usual load", size, USUAL_LOAD);
        compare("Too much for the memory", size, 1);
        compare("Ten times too much, of models that every server has in memory", size.withModels(size.room()), 10);
        scaleGateways(size);
        scaleServers(size);
    }

    /** Returns a fleet whose servers have room for two of many models. */
    static FleetSize size(int callers, int backends, int gateways) {
        return new FleetSize(callers, backends, gateways, Math.max(3, backends * 6 / 10), 2, 4, Duration.ofMinutes(10));
    }

    /** Makes the calls of a load, as a share of what the servers can answer. */
    static List<FleetCall> trace(FleetSize size, double load) {
        return FleetTrace.of(size, load * size.capacity(), SEED);
    }

    private static void compare(String title, FleetSize size, double load) {
        List<FleetCall> trace = trace(size, load);
        title(title);
        System.out.printf(
                Locale.ROOT,
                "%d callers make %d calls to %d models in %d minutes, %s times what %d servers can answer, through %d gateways.%n%n",
                size.callers(), trace.size(), size.models(), size.duration().toMinutes(), load, size.backends(), size.gateways());
        heading("gateways");
        row("Paddock", FleetRun.of(size, FairGateway::new, trace));
        row("round robin", FleetRun.of(size, PlainGateway::inTurn, trace));
        row("least connections", FleetRun.of(size, PlainGateway::leastConnections, trace));
    }

    private static void scaleGateways(FleetSize size) {
        List<FleetCall> trace = trace(size, USUAL_LOAD);
        title("The usual load through other numbers of gateways");
        heading("gateways");
        for (int gateways : new int[] {1, 2, 5, 10, 20, 50}) {
            row(String.valueOf(gateways), FleetRun.of(size.withGateways(gateways), FairGateway::new, trace));
        }
    }

    private static void scaleServers(FleetSize size) {
        List<FleetCall> trace = trace(size, USUAL_LOAD);
        title("The same calls with other numbers of servers");
        heading("servers");
        for (int percent : new int[] {60, 70, 80, 100, 150}) {
            FleetSize other = size.withBackends(Math.max(1, size.backends() * percent / 100));
            row(String.valueOf(other.backends()), FleetRun.of(other, FairGateway::new, trace));
        }
    }

    private static void title(String title) {
        System.out.printf("%n**%s**%n%n", title);
    }

    private static void heading(String first) {
        System.out.printf("| %s | answered | later | of capacity | models loaded | fairness | median wait | 99 %% wait | polls of a server |%n", first);
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    }

    private static void row(String name, FleetReport report) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f %% | %.1f %% | %.0f %% | %d | %.2f | %.1f s | %.1f s | %.1f/s |%n",
                name,
                100 * report.answered(),
                100 * report.answeredLater(),
                100 * report.ofCapacity(),
                report.loads(),
                report.fairness(),
                report.waits().median() / 1e9,
                report.waits().percentile99() / 1e9,
                report.polls());
        System.out.flush();
    }
}
