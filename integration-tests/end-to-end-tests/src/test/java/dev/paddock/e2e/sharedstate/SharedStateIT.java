package dev.paddock.e2e.sharedstate;

import static dev.paddock.e2e.sharedstate.SharedGateways.chat;
import static dev.paddock.e2e.sharedstate.SharedGateways.sha256;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.e2e.gateway.GatewayProcess;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.testsupport.RawClient;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two gateways before one model server, with a store of their own. */
@Timeout(90)
class SharedStateIT {

    @Test
    void answer_storedByOneGateway_isServedByTheOther() {
        try (SharedGateways two = SharedGateways.over().two(Map.of())) {
            RawClient.Response first = two.ask(0, "hello", null);
            two.awaitStored(1);
            RawClient.Response second = two.ask(1, "hello", null);
            RawClient.Response stream = two.post(1, "/api/chat", chat("hello", true), null);

            assertThat(first.header("X-Cache")).isEqualTo("MISS");
            assertThat(second.header("X-Cache")).isEqualTo("HIT");
            assertThat(second.header("Age")).isNotNull();
            assertThat(second.body()).isEqualTo(first.body()).contains("number=1");
            assertThat(stream.header("X-Cache")).isEqualTo("HIT");
            assertThat(stream.lines()).hasSize(2);
            assertThat(two.models().chats()).isEqualTo(1);
        }
    }

    @Test
    void answer_ofAKey_isServedToThatKeyOnlyWhateverItsPlaceInTheLists() {
        String one = sha256("one");
        String other = sha256("other");
        try (SharedGateways gateways = SharedGateways.over()) {
            gateways.add(Map.of("paddock.gateway.access.key-hashes", one + "," + other));
            gateways.add(Map.of("paddock.gateway.access.key-hashes", other + "," + one));
            gateways.awaitState(StoreState.AVAILABLE);
            RawClient.Response ofOne = gateways.ask(0, "hello", "one");
            gateways.awaitStored(1);

            assertThat(gateways.ask(1, "hello", "other").header("X-Cache")).isEqualTo("MISS");
            RawClient.Response again = gateways.ask(1, "hello", "one");
            assertThat(again.header("X-Cache")).isEqualTo("HIT");
            assertThat(again.body()).isEqualTo(ofOne.body());
            gateways.awaitStored(2);
            assertThat(gateways.ask(0, "hello", "other").body()).contains("number=2");
            assertThat(gateways.post(1, "/api/cache/clear", "{\"tenant\":\"key-1\"}", "other").body()).contains("\"removed\":1");
        }
    }

    @Test
    void pull_throughOneGateway_isKnownToTheOther() {
        try (SharedGateways two = SharedGateways.over().two(Map.of("paddock.cache.models.poll", "1h"))) {
            assertThat(two.ask(0, "hello", null).body()).contains("digest=d1 ");
            assertThat(two.awaitHit(1, "hello", null).body()).contains("digest=d1 ");
            RawClient.Response pulled = two.post(0, "/api/pull", "{\"model\":\"m\"}", null);

            assertThat(pulled.status()).isEqualTo(200);
            Eventually.await("the other gateway reads the digests again", () -> two.ask(1, "hello", null).body().contains("digest=d1x "));
            assertThat(two.ask(0, "hello", null).body()).contains("digest=d1x ");
            assertThat(two.ask(1, "hello", null).body()).contains("digest=d1x ");
        }
    }

    @Test
    void clear_atOneGateway_clearsTheOtherToo() {
        try (SharedGateways two = SharedGateways.over().two(Map.of())) {
            two.ask(0, "hello", null);
            two.awaitStored(1);
            two.awaitHit(1, "hello", null);
            assertThat(two.post(0, "/api/cache/clear", "{\"all\":true}", null).body()).contains("\"removed\":1");

            Eventually.await("the other gateway has no answer", () -> "MISS".equals(two.ask(1, "hello", null).header("X-Cache")));
            assertThat(two.models().chats()).isEqualTo(2);
        }
    }

    @Test
    void burst_overBothGateways_isThatOfOne() {
        try (SharedGateways two = SharedGateways.over().two(limited("0.001", "100"))) {
            AtomicInteger admitted = new AtomicInteger();
            List<RawClient.Response> refused = Parallel.run(200, request -> {
                        RawClient.Response response = two.ask(request % 2, "question " + request, "one");
                        admitted.addAndGet(response.status() == 200 ? 1 : 0);
                        return response;
                    }).stream()
                    .filter(response -> response.status() != 200)
                    .toList();

            assertThat(admitted).hasValue(100);
            assertThat(refused).allMatch(response -> response.status() == 429);
            assertThat(refused).allMatch(response -> Integer.parseInt(response.header("Retry-After")) > 900);
            assertThat(two.models().chats()).isEqualTo(100);
            assertThat(two.ask(1, "another caller", "other").status()).isEqualTo(200);
            assertThat(two.ask(1, "without a key", null).status()).isEqualTo(401);
        }
    }

    @Test
    void rate_overBothGateways_holdsWithinFivePercent() {
        try (SharedGateways two = SharedGateways.over().two(limited("50", "200"))) {
            AtomicInteger admitted = new AtomicInteger();
            two.ask(0, "first", "other");
            long start = System.nanoTime();
            AtomicLong emptyAt = new AtomicLong();
            Parallel.run(8, asker -> {
                boolean isRefused = false;
                while (!isRefused || System.nanoTime() - start < Duration.ofSeconds(4).toNanos()) {
                    long asked = System.nanoTime() - start;
                    isRefused = two.ask(asker % 2, "question", "one").status() != 200;
                    if (isRefused) {
                        emptyAt.accumulateAndGet(asked, Math::max);
                    } else {
                        admitted.incrementAndGet();
                    }
                }
                return 0;
            });

            double least = 200 + 50 * emptyAt.get() / 1e9; // every token until then had been taken
            double most = 200 + 50 * (System.nanoTime() - start) / 1e9;
            assertThat(admitted.get()).isBetween((int) (0.95 * least), (int) Math.ceil(1.05 * most));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leases_equalRequestsAtBothGateways_areOneAtTheServer(boolean isStream) {
        try (SharedGateways two = SharedGateways.over().two(Map.of(
                "paddock.shared-state.leases", "true",
                "paddock.shared-state.timeout", "10s", // a busy machine is no store that hangs
                "paddock.single-flight.enabled", "true"))) {
            two.models().hold();
            List<Future<RawClient.Response>> clients = new ArrayList<>();
            for (int count = 0; count < 10; count++) {
                int gateway = count % 2;
                clients.add(Parallel.start(() -> two.post(gateway, "/api/chat", chat("hello", isStream), null)));
            }
            Eventually.await("one of them has the lease", () -> !two.store().run("KEYS", "paddock:1:lease:*").isEmpty());
            Eventually.await("both have a call for all of their clients", () -> two.joined(0) == 4 && two.joined(1) == 4);
            two.models().goOn();

            String body = Parallel.resultOf(clients.getFirst()).body();
            assertThat(body).contains("number=1");
            assertThat(clients).allSatisfy(client -> assertThat(Parallel.resultOf(client).body()).isEqualTo(body));
            assertThat(two.models().chats()).isEqualTo(1);
        }
    }

    @Test
    void leases_answerThatFails_isAskedForByTheOthersThemselves() {
        try (SharedGateways two = SharedGateways.over().two(Map.of("paddock.shared-state.leases", "true"))) {
            two.models().hold();
            two.models().answerWith(500);
            Future<RawClient.Response> one = Parallel.start(() -> two.ask(0, "hello", null));
            Eventually.await("the first one asks", () -> two.models().chats() == 1);
            Future<RawClient.Response> other = Parallel.start(() -> two.ask(1, "hello", null));
            two.models().goOn();

            assertThat(Parallel.resultOf(one).status()).isGreaterThanOrEqualTo(500);
            assertThat(Parallel.resultOf(other).status()).isGreaterThanOrEqualTo(500);
            assertThat(two.models().chats()).isEqualTo(2);
            two.models().answerWith(200);
            assertThat(two.ask(1, "hello", null).status()).isEqualTo(200);
        }
    }

    @Test
    void answers_ofModelsWithoutDigest_stayInTheirGateway() {
        try (SharedGateways two = SharedGateways.over().two(Map.of("paddock.cache.models.version", "name"))) {
            two.ask(0, "hello", null);

            assertThat(two.ask(0, "hello", null).header("X-Cache")).isEqualTo("HIT");
            assertThat(two.ask(1, "hello", null).header("X-Cache")).isEqualTo("MISS");
            assertThat(two.store().run("KEYS", "paddock:1:answer:*")).isEmpty();
        }
    }

    @Test
    void gateway_thatSharesNothing_loadsNothingOfTheStore(@TempDir Path directory) throws Exception {
        Path classes = directory.resolve("classes");
        Process process = GatewayProcess.start(
                List.of(),
                List.of("-XX:TieredStopAtLevel=1", "-Xlog:class+load:file=" + classes),
                System.getProperty("java.class.path"),
                "http://127.0.0.1:1",
                directory.resolve("errors"));
        try (BufferedReader out = process.inputReader(UTF_8); RawClient client = new RawClient(Integer.parseInt(out.readLine()))) {
            assertThat(client.get("/healthz").response().status()).isEqualTo(200);
            process.outputWriter().close();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

            assertThat(Files.readString(classes))
                    .contains("dev.paddock.bootstrap.gateway.PaddockGateway")
                    .doesNotContain("io.lettuce.", "reactor.core", "dev.paddock.adapters.http.sharedstate.");
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, String> limited(String perSecond, String burst) {
        return Map.of(
                "paddock.gateway.access.requests-per-second", perSecond,
                "paddock.gateway.access.burst", burst,
                "paddock.gateway.access.key-hashes", sha256("one") + "," + sha256("other"));
    }
}
