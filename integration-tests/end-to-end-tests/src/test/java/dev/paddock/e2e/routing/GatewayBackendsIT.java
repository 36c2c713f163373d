package dev.paddock.e2e.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.testsupport.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several servers behind a gateway, as its clients and its operator see them. */
class GatewayBackendsIT {

    private static final String ASK = "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}], \"stream\": %s}";

    private final OllamaSimulator one = OllamaSimulator.start(Fleet.withModel(SimulatorSettings.builder(), "common", "only-one").build());
    private final OllamaSimulator two = OllamaSimulator.start(Fleet.withModel(SimulatorSettings.builder(), "common", "only-two").build());
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void lists_ofModels_areThoseOfAllServers() throws Exception {
        try (PaddockGateway gateway = gateway("aliases = [{ name = smart, model = missing }, { name = smart, model = only-two }]", both())) {
            assertThat(get(gateway, "/api/tags").body()).contains("only-one:latest", "only-two:latest", "\"smart\"").containsOnlyOnce("\"common:latest\",\"model\"");
            assertThat(get(gateway, "/v1/models").body()).contains("only-one", "only-two", "\"smart\"");

            ask(gateway, "only-one", false);
            ask(gateway, "only-two", false);
            assertThat(get(gateway, "/api/ps").body()).contains("only-one:latest", "only-two:latest");

            assertThat(ask(gateway, "smart", false).statusCode()).isEqualTo(200);
            assertThat(two.counters().requestsTo("/api/chat")).isEqualTo(2);
        }
    }

    @Test
    void backends_ofAGateway_areShownWithTheirModels() throws Exception {
        try (PaddockGateway gateway = gateway("", both())) {
            ask(gateway, "only-one", false);
            Eventually.await("the model is in memory", () -> get(gateway, "/api/backends").body().contains("\"resident\":true"));

            assertThat(get(gateway, "/api/backends").body())
                    .startsWith("{\"backends\":[{\"id\":\"one\",")
                    .contains("\"id\":\"two\"", "\"state\":\"active\"", "\"name\":\"only-two:latest\"", one.baseUrl());
        }
    }

    @Test
    void drain_withoutAdmin_isRefused() throws Exception {
        try (PaddockGateway gateway = gateway("", both())) {
            assertThat(post(gateway, "/api/backends/drain", "{\"id\": \"one\"}").statusCode()).isEqualTo(403);

            assertThat(get(gateway, "/api/backends").body()).doesNotContain("drained");
        }
    }

    @Test
    void drain_withAdmin_sendsNothingThereUntilUndrain() throws Exception {
        try (PaddockGateway gateway = gateway("gateway.admin = true", both())) {
            assertThat(post(gateway, "/api/backends/drain", "{\"id\": \"one\"}").body()).contains("\"state\":\"drained\"");
            for (int call = 0; call < 10; call++) {
                ask(gateway, "common", false);
            }
            assertThat(one.counters().requestsTo("/api/chat")).isZero();

            assertThat(post(gateway, "/api/backends/undrain", "{\"id\": \"one\"}").body()).contains("\"state\":\"active\"");
            assertThat(post(gateway, "/api/backends/drain", "{\"id\": \"none\"}").statusCode()).isEqualTo(404);
            assertThat(post(gateway, "/api/backends/drain", "[]").statusCode()).isEqualTo(400);
            assertThat(post(gateway, "/api/backends/drain", "{}").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void delete_onAllServers_isMadeOnEach() throws Exception {
        try (PaddockGateway gateway = gateway("gateway.admin = true, routing.changes = all", both())) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.baseUrl() + "/api/delete"))
                    .method("DELETE", HttpRequest.BodyPublishers.ofString("{\"model\": \"common\"}"))
                    .build();

            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);

            assertThat(one.counters().requestsTo("/api/delete")).isEqualTo(1);
            assertThat(two.counters().requestsTo("/api/delete")).isEqualTo(1);
        }
    }

    @Test
    void pull_onOneServer_goesToTheFirst() throws Exception {
        try (PaddockGateway gateway = gateway("gateway.admin = true", both())) {
            assertThat(post(gateway, "/api/pull", "{\"model\": \"new\"}").statusCode()).isEqualTo(200);

            assertThat(one.counters().requestsTo("/api/pull")).isEqualTo(1);
            assertThat(two.counters().requestsTo("/api/pull")).isZero();
        }
    }

    @Test
    void file_changesInTheMiddleOfAStream_isFollowedAndLosesNoCall() throws Exception {
        Latch middle = new Latch();
        try (PaddockGateway gateway = gateway("", "{ id = one, base-url = \"" + one.baseUrl() + "\" }")) {
            one.faults().enqueue(FaultScript.on("/api/chat").then(new Fault.HoldLines(2, middle)));
            CompletableFuture<HttpResponse<String>> inProgress = http.sendAsync(chat(gateway, "common", true), HttpResponse.BodyHandlers.ofString());
            Eventually.await("the stream has begun", () -> one.counters().requestsTo("/api/chat") == 1);

            write("", "{ id = two, base-url = \"" + two.baseUrl() + "\" }");
            Eventually.await("the server is replaced", () -> get(gateway, "/api/backends").body().contains("\"id\":\"two\""));
            assertThat(ask(gateway, "only-two", false).statusCode()).isEqualTo(200);
            middle.open();

            assertThat(inProgress.get().body()).contains("\"done\":true");
            assertThat(one.counters().requestsTo("/api/chat")).isEqualTo(1);
        }
    }

    @Test
    void reload_ofAWrongFile_changesNothing() throws Exception {
        try (PaddockGateway gateway = gateway("", both())) {
            write("", "{ id = two }");
            gateway.reload();
            write("backends = [", "");
            gateway.reload();

            assertThat(get(gateway, "/api/backends").body()).contains("\"id\":\"one\"", "\"id\":\"two\"");
            assertThat(ask(gateway, "only-one", false).statusCode()).isEqualTo(200);
        }
    }

    private String both() {
        return "{ id = one, base-url = \"" + one.baseUrl() + "\" }, { id = two, base-url = \"" + two.baseUrl() + "\" }";
    }

    private PaddockGateway gateway(String settings, String backends) throws Exception {
        Path file = write(settings, backends);
        PaddockGateway gateway = PaddockGateway.start(ConfigurationLoader.ofProcess()
                .withEnvironment(Map.of())
                .withSystemProperties(Map.of("config.file", file.toString())));
        Eventually.await("the models are learned", () -> !get(gateway, "/api/backends").body().contains("\"learned_ago_ms\":null"));
        return gateway;
    }

    private Path write(String settings, String backends) throws Exception {
        Path file = directory.resolve("paddock.conf");
        Files.writeString(file, "paddock { gateway.port = 0, routing.poll = 100ms\n" + settings + "\nbackends = [" + backends + "]\n}");
        return file;
    }

    private HttpResponse<String> ask(PaddockGateway gateway, String model, boolean stream) throws Exception {
        return http.send(chat(gateway, model, stream), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest chat(PaddockGateway gateway, String model, boolean stream) {
        return HttpRequest.newBuilder(URI.create(gateway.baseUrl() + "/api/chat"))
                .POST(HttpRequest.BodyPublishers.ofString(ASK.formatted(model, stream)))
                .build();
    }

    private HttpResponse<String> post(PaddockGateway gateway, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(gateway.baseUrl() + path)).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(PaddockGateway gateway, String path) {
        return http.sendAsync(HttpRequest.newBuilder(URI.create(gateway.baseUrl() + path)).build(), HttpResponse.BodyHandlers.ofString())
                .join();
    }
}
