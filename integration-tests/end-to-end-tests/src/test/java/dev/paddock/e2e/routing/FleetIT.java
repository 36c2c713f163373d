package dev.paddock.e2e.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same calls over four servers with room for two of six models each, with the choice of this project and with usual ones. */
class FleetIT {

    private static final int SERVERS = 4;
    // Seven loads at most delay all callers: 42 calls. So they are no more than a hundredth, and the whole trace is compared.
    private static final int CALLS = 4200;
    private static final int CALLERS = 6;
    private static final String[] MODELS = {"one", "two", "three", "four", "five", "six"};

    @Test
    void chat_sixModelsOnFourServersWithRoomForTwo_loadsFarLessThanUsualBalancers() throws Exception {
        Result inTurn = balanced((inFlight, call) -> call % SERVERS);
        Result leastConnections = balanced(FleetIT::leastBusy);
        Result routed = routed(); // last: the first calls of a process are slow

        assertThat(routed.loads() * 5)
                .as("%s against %s and %s", routed, inTurn, leastConnections)
                .isLessThanOrEqualTo(Math.min(inTurn.loads(), leastConnections.loads()));
        assertThat(routed.slowest().multipliedBy(2))
                .as("%s against %s and %s", routed, inTurn, leastConnections)
                .isLessThanOrEqualTo(inTurn.slowest())
                .isLessThanOrEqualTo(leastConnections.slowest());
    }

    private static SimulatorSettings.Builder settings(SimulatorSettings.Builder settings) {
        return Fleet.withModel(settings, MODELS)
                .maxLoadedModels(2)
                .loadTime(Duration.ofMillis(40))
                .promptTime(Duration.ofMillis(2))
                .parallel(4)
                .tokensPerAnswer(3);
    }

    private static Result routed() throws Exception {
        try (Fleet fleet = Fleet.of(SERVERS, FleetIT::settings, Map.of("paddock.routing.poll", "200ms"))) {
            List<Duration> times = run((model, call) -> firstFrame(fleet.client(), model));
            return new Result(fleet.loads(), percentile99(times));
        }
    }

    private static Result balanced(Balancer balancer) throws Exception {
        try (Fleet fleet = Fleet.of(SERVERS, FleetIT::settings, Map.of())) {
            List<Paddock> clients = IntStream.range(0, SERVERS)
                    .mapToObj(server -> Paddock.start(ConfigurationLoader.ofDefaults()
                            .withOverrides("test", Map.of("paddock.base-url", fleet.server(server).baseUrl()))))
                    .toList();
            List<AtomicInteger> inFlight = IntStream.range(0, SERVERS).mapToObj(server -> new AtomicInteger()).toList();
            List<Duration> times = run((model, call) -> {
                int server = balancer.choose(inFlight.stream().map(AtomicInteger::get).toList(), call);
                inFlight.get(server).incrementAndGet();
                try {
                    return firstFrame(clients.get(server), model);
                } finally {
                    inFlight.get(server).decrementAndGet();
                }
            });
            clients.forEach(Paddock::close);
            return new Result(fleet.loads(), percentile99(times));
        }
    }

    private static int leastBusy(List<Integer> inFlight, int call) {
        int least = Collections.min(inFlight);
        List<Integer> idle = IntStream.range(0, SERVERS).filter(server -> inFlight.get(server) == least).boxed().toList();
        return idle.get(call % idle.size());
    }

    /** Makes the same calls, from a few callers at a time. */
    private static List<Duration> run(TimedCall timed) throws Exception {
        Random random = new Random(18);
        List<String> models = IntStream.range(0, CALLS).mapToObj(call -> MODELS[random.nextInt(MODELS.length)]).toList();
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Duration>>> all = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                all.add(callers.submit(() -> {
                    List<Duration> times = new ArrayList<>();
                    for (int call = next.getAndIncrement(); call < CALLS; call = next.getAndIncrement()) {
                        times.add(timed.time(models.get(call), call));
                    }
                    return times;
                }));
            }
            List<Duration> times = new ArrayList<>();
            for (Future<List<Duration>> one : all) {
                times.addAll(one.get());
            }
            return times;
        }
    }

    private static Duration firstFrame(Paddock client, String model) {
        long start = System.nanoTime();
        try (ResponseStream<ChatChunk> stream = client.llm().chatStream(ChatRequest.of(model, "Why is the sky blue?"))) {
            assertThat(stream.hasNext()).isTrue();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            stream.forEachRemaining(chunk -> assertThat(chunk).isNotNull());
            return took;
        }
    }

    private static Duration percentile99(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() * 99 / 100);
    }

    /** Chooses a server. */
    @FunctionalInterface
    private interface Balancer {

        int choose(List<Integer> inFlight, int call);
    }

    /** Makes a call and measures the time to its first frame. */
    @FunctionalInterface
    private interface TimedCall {

        Duration time(String model, int call);
    }

    private record Result(long loads, Duration slowest) {}
}
