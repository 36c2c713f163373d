package dev.paddock.e2e.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.adapters.http.sim.recording.RecordedRequest;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.domain.error.OverloadedException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admission queue in a gateway before a simulated server, which counts what reaches it. */
@Timeout(120)
class AdmissionIT {

    private static final String CHAT = "/api/chat";
    private static final String HELD = question("held");

    private final OllamaSimulator server = OllamaSimulator.start(SimulatorSettings.builder().parallel(64).build());
    private final Latch latch = new Latch();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private PaddockGateway gateway = start(Map.of());

    @AfterEach
    void close() {
        latch.open();
        gateway.close();
        server.close();
    }

    @Test
    void request_slotIsTaken_waitsInTheGatewayAndItsAnswerSaysHowLong() throws IOException {
        Future<RawClient.Response> held = hold();
        Future<RawClient.Response> waiting = Parallel.start(() -> post(question("next")));
        awaitWaiting("interactive", 1);
        assertThat(server.counters().requestsTo(CHAT)).isEqualTo(1);
        latch.open();

        RawClient.Response first = Parallel.resultOf(held);
        RawClient.Response second = Parallel.resultOf(waiting);
        assertThat(first.header("X-Queue-Wait-Ms")).isEqualTo("0");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.headers("X-Queue-Wait-Ms")).hasSize(1).allMatch(wait -> Long.parseLong(wait) >= 0);
        Eventually.await("log lines", () -> log.size() >= 2);
        assertThat(log).filteredOn(line -> line.contains("operation=chat")).allMatch(line -> line.matches(".* admission=\\d+\\.\\d+ queue=.*"));
        assertThat(metrics()).contains("paddock_admission_wait_seconds_count{priority=\"interactive\"} 2");
    }

    @Test
    void lookup_slotIsTaken_neverWaits() throws IOException {
        Future<RawClient.Response> held = hold();

        assertThat(get("/api/tags").status()).isEqualTo(200);
        assertThat(get("/api/ps").header("X-Queue-Wait-Ms")).isNull();
        assertThat(get("/v1/models").status()).isEqualTo(200);
        latch.open();
        assertThat(Parallel.resultOf(held).status()).isEqualTo(200);
    }

    @Test
    void disconnect_inTheQueue_leavesAtOnceAndReachesNoServer() throws IOException {
        Future<RawClient.Response> held = hold();
        try (RawClient client = new RawClient(port())) {
            client.request("POST", CHAT, question("leaves"), "Content-Type: application/json");
            awaitWaiting("interactive", 1);
            assertThat(metrics()).doesNotContain("paddock_admission_bytes 0.0");
            client.disconnect();
            awaitWaiting("interactive", 0);
        }
        assertThat(metrics()).contains("paddock_admission_bytes 0.0");
        latch.open();

        assertThat(Parallel.resultOf(held).status()).isEqualTo(200);
        assertThat(post(question("after")).status()).isEqualTo(200);
        assertThat(server.counters().requestsTo(CHAT)).isEqualTo(2);
        Eventually.await("a log line", () -> log.stream().anyMatch(line -> line.contains("outcome=client_gone")));
    }

    @Test
    void request_beyondTheShareOfItsKey_is429AndOthersAreStillAdmitted() throws IOException {
        restart(Map.of("paddock.admission.requests", "4", "paddock.gateway.access.key-hashes", sha256("busy") + "," + sha256("other")));
        Future<RawClient.Response> held = hold("Authorization: Bearer busy");
        List<Future<RawClient.Response>> waiting = new ArrayList<>();
        for (int count = 1; count <= 2; count++) {
            waiting.add(Parallel.start(() -> post(question("busy"), "Authorization: Bearer busy")));
            awaitWaiting("interactive", count);
        }

        RawClient.Response refused = post(question("busy"), "Authorization: Bearer busy");
        waiting.add(Parallel.start(() -> post(question("other"), "Authorization: Bearer other")));
        awaitWaiting("interactive", 3);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
        assertThat(refused.header("X-Queue-Wait-Ms")).isEqualTo("0");
        assertThat(refused.header("x-should-retry")).isEqualTo("true");
        assertThat(refused.body()).isEqualTo("{\"error\":\"the caller has 2 calls in the queue, which is its share\"}");
        latch.open();
        assertThat(Parallel.resultOf(held).status()).isEqualTo(200);
        assertThat(waiting).allSatisfy(call -> assertThat(Parallel.resultOf(call).status()).isEqualTo(200));
    }

    @Test
    void request_queueIsFull_is503InTheFormatOfItsApi() throws IOException {
        restart(Map.of("paddock.admission.requests", "1"));
        Future<RawClient.Response> held = hold();
        Future<RawClient.Response> waiting = Parallel.start(() -> post(question("waits")));
        awaitWaiting("interactive", 1);

        RawClient.Response refused = request("/v1/chat/completions", question("refused"));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.body()).contains("\"message\":\"the queue is full: 1 calls wait for the model\"");
        latch.open();
        assertThat(Parallel.resultOf(held).status()).isEqualTo(200);
        assertThat(Parallel.resultOf(waiting).status()).isEqualTo(200);
        assertThat(server.counters().requestsTo(CHAT)).isEqualTo(2);
        assertThat(metrics()).contains("paddock_admission_refused_total{priority=\"interactive\",reason=\"queue_full\"} 1");
    }

    @Test
    void request_waitsLongerThanItsPriorityMay_is503WithoutRetryAfter() throws IOException {
        restart(Map.of("paddock.admission.longest-wait.interactive", "20ms"));
        Future<RawClient.Response> held = hold();

        RawClient.Response expired = post(question("expires"));

        assertThat(expired.status()).isEqualTo(503);
        assertThat(expired.header("Retry-After")).isNull();
        assertThat(Integer.parseInt(expired.header("X-Queue-Wait-Ms"))).isGreaterThanOrEqualTo(20);
        assertThat(expired.body()).contains("not admitted within the 20 ms");
        latch.open();
        assertThat(Parallel.resultOf(held).status()).isEqualTo(200);
        assertThat(server.counters().requestsTo(CHAT)).isEqualTo(1);
    }

    @Test
    void requests_oneCallerWithManyAndNineWithOne_theNineComeFirst() throws IOException {
        List<String> hashes = new ArrayList<>(List.of(sha256("busy")));
        for (int caller = 0; caller < 9; caller++) {
            hashes.add(sha256("caller-" + caller));
        }
        restart(Map.of("paddock.gateway.access.key-hashes", String.join(",", hashes)));
        List<Future<RawClient.Response>> calls = new ArrayList<>(List.of(hold("Authorization: Bearer busy")));
        for (int call = 0; call < 100; call++) {
            calls.add(Parallel.start(() -> post(question("busy"), "Authorization: Bearer busy")));
        }
        awaitWaiting("interactive", 100);
        for (int caller = 0; caller < 9; caller++) {
            String name = "caller-" + caller;
            calls.add(Parallel.start(() -> post(question(name), "Authorization: Bearer " + name)));
        }
        awaitWaiting("interactive", 109);
        latch.open();

        assertThat(calls).allSatisfy(call -> assertThat(Parallel.resultOf(call).status()).isEqualTo(200));
        List<String> order = questions();
        assertThat(order).hasSize(110);
        assertThat(order.subList(1, 10)).allMatch(body -> body.contains("caller-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "key"})
    void request_batch_comesAfterInteractiveOnes(String means) throws IOException {
        boolean byKey = means.equals("key");
        restart(Map.of(
                "paddock.admission.batch-share", "0",
                "paddock.gateway.access.key-hashes", sha256("other") + (byKey ? " batch" : "") + "," + sha256("busy") + " weight=2"));
        String priority = byKey ? "X-Paddock-Priority: interactive" : "X-Paddock-Priority: Batch"; // a client cannot raise that of its key
        Future<RawClient.Response> held = hold("Authorization: Bearer busy");
        List<Future<RawClient.Response>> calls = new ArrayList<>();
        calls.add(Parallel.start(() -> post(question("batch"), "Authorization: Bearer other", priority)));
        awaitWaiting("batch", 1);
        for (int count = 1; count <= 3; count++) {
            calls.add(Parallel.start(() -> post(question("interactive"), "Authorization: Bearer busy")));
            awaitWaiting("interactive", count);
        }
        latch.open();

        assertThat(Parallel.resultOf(held).status()).isEqualTo(200);
        assertThat(calls).allSatisfy(call -> assertThat(Parallel.resultOf(call).status()).isEqualTo(200));
        assertThat(questions()).hasSize(5);
        assertThat(questions().getLast()).contains("\"batch\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"urgent", "", "batch, interactive", "batch\r\nX-Paddock-Priority: batch", "0"})
    void request_unknownPriority_is400(String value) throws IOException {
        RawClient.Response refused = post(question("x"), "X-Paddock-Priority: " + value);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo("{\"error\":\"X-Paddock-Priority is interactive or batch\"}");
        assertThat(server.counters().requestsTo(CHAT)).isZero();
        assertThat(metrics()).contains("paddock_gateway_refused_total{reason=\"priority\"} 1");
    }

    @Test
    void requests_tenTimesTheCapacity_keepTheServerBusyWithinItsSlots() throws IOException {
        gateway.close();
        try (OllamaSimulator narrow = OllamaSimulator.start(SimulatorSettings.builder().parallel(2).maxQueue(1).build())) {
            gateway = start(Map.of(
                    "paddock.base-url", narrow.baseUrl(), "paddock.admission.slots", "2", "paddock.admission.most-slots", "2"));
            List<RawClient.Response> answers = Parallel.run(20, caller -> {
                try {
                    return request(CHAT, question("caller " + caller));
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });

            assertThat(answers).allMatch(answer -> answer.status() == 200);
            assertThat(narrow.counters().generationsCompleted()).isEqualTo(20);
            assertThat(narrow.counters().requestsTo(CHAT)).as("none was refused by the server and sent again").isEqualTo(20);
        }
    }

    @Test
    void call_ofTheLibrary_failsTypedAndKnowsItsWait() throws Exception {
        restart(Map.of("paddock.admission.requests", "1"));
        Future<RawClient.Response> held = hold();
        List<Provenance> provenances = new CopyOnWriteArrayList<>();
        CallContext context = CallContext.create().with(CallAttributes.ON_PROVENANCE, provenances::add);
        Future<String> waiting = Parallel.start(
                () -> gateway.client().llm().chat(ChatRequest.of("llama3.2", "typed"), context).text());
        awaitWaiting("interactive", 1);

        OverloadedException refused = catchThrowableOfType(
                OverloadedException.class, () -> gateway.client().llm().chat(ChatRequest.of("llama3.2", "refused")));

        assertThat(refused.reason()).isEqualTo(OverloadedException.Reason.QUEUE_FULL);
        assertThat(refused.limit()).isEqualTo(1);
        assertThat(refused.facts().retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
        latch.open();
        assertThat(Parallel.resultOf(held).status()).isEqualTo(200);
        assertThat(Parallel.resultOf(waiting)).isNotBlank();
        assertThat(provenances).singleElement().satisfies(
                provenance -> assertThat(provenance.queuedForAdmission()).isPositive());
    }

    @Test
    void gateway_withoutQueue_addsNothing() throws IOException {
        restart(Map.of("paddock.admission.enabled", "false"));

        RawClient.Response answer = post(question("x"), "X-Paddock-Priority: batch");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Queue-Wait-Ms")).isNull();
        assertThat(metrics()).doesNotContain("paddock_admission");
    }

    private PaddockGateway start(Map<String, String> overrides) {
        Map<String, String> all = new HashMap<>(Map.of(
                "paddock.base-url", server.baseUrl(),
                "paddock.transport", GatewayFixture.TRANSPORT,
                "paddock.gateway.port", "0",
                "paddock.admission.enabled", "true",
                "paddock.admission.slots", "1",
                "paddock.admission.most-slots", "1"));
        all.putAll(overrides);
        return PaddockGateway.start(
                GatewayConfiguration.load(ConfigurationLoader.ofDefaults().withOverrides("test", all)),
                metrics -> AccessLog.ofLines(AccessLogFormat.TEXT, log::addAll, metrics));
    }

    private void restart(Map<String, String> overrides) {
        gateway.close();
        gateway = start(overrides);
    }

    /** Takes the slot of the model, until the latch is open. */
    private Future<RawClient.Response> hold(String... fields) throws IOException {
        server.faults().enqueue(FaultScript.on(CHAT).times(1).then(new Fault.HoldLines(1, latch)));
        Future<RawClient.Response> held = Parallel.start(() -> post(HELD, fields));
        Eventually.await("the request is at the server", () -> server.counters().requestsTo(CHAT) == 1);
        return held;
    }

    /** Returns the bodies of the questions in the order in which they came to the server. */
    private List<String> questions() {
        return server.requests().stream().filter(request -> request.path().equals(CHAT)).map(RecordedRequest::body).toList();
    }

    private void awaitWaiting(String priority, int calls) {
        awaitMetrics(page -> page.contains("paddock_admission_waiting{priority=\"" + priority + "\"} " + calls + ".0\n"));
    }

    private void awaitMetrics(Predicate<String> condition) {
        Eventually.await(() -> "metrics: " + metrics(), () -> condition.test(metrics()));
    }

    private String metrics() {
        try {
            return get("/metrics").body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private int port() {
        return URI.create(gateway.baseUrl()).getPort();
    }

    private RawClient.Response post(String body, String... fields) throws IOException {
        return request(CHAT, body, fields);
    }

    private RawClient.Response request(String path, String body, String... fields) throws IOException {
        List<String> all = new ArrayList<>(List.of(fields));
        all.add("Content-Type: application/json");
        try (RawClient client = new RawClient(port())) {
            return client.request("POST", path, body, all.toArray(String[]::new)).response();
        }
    }

    /** With the first key that has access, if keys are required. */
    private RawClient.Response get(String path) throws IOException {
        try (RawClient client = new RawClient(port())) {
            return client.request("GET", path, "", "Authorization: Bearer busy").response();
        }
    }

    private static String question(String text) {
        return "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
