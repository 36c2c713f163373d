package dev.paddock.e2e.routing;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.PaddockBuilder;
import dev.paddock.bootstrap.config.BackendSettings;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.DialectName;
import dev.paddock.bootstrap.config.ServerSettings;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.routing.BackendState;
import dev.paddock.domain.routing.BackendStatus;
import dev.paddock.ports.routing.BackendsPort;
import dev.paddock.testsupport.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Simulated servers, and a client that chooses among them. */
final class Fleet implements AutoCloseable {

    static final String MODEL = "llama3.2:latest";

    private final List<OllamaSimulator> servers;
    private final Paddock client;

    private Fleet(List<OllamaSimulator> servers, Map<String, String> values) {
        this.servers = servers;
        PaddockBuilder builder = Paddock.builder().configuration(ConfigurationLoader.ofDefaults());
        values.forEach(builder::set);
        for (int server = 0; server < servers.size(); server++) {
            builder.backend(backend(server, servers.get(server).baseUrl()));
        }
        this.client = builder.build();
    }

    /** Starts the given number of servers with equal settings, and waits until the client has learned their models. */
    static Fleet of(int count, UnaryOperator<SimulatorSettings.Builder> settings, Map<String, String> values) {
        List<OllamaSimulator> servers = new ArrayList<>();
        for (int server = 0; server < count; server++) {
            servers.add(OllamaSimulator.start(settings.apply(SimulatorSettings.builder()).build()));
        }
        return of(servers, values);
    }

    static Fleet of(List<OllamaSimulator> servers, Map<String, String> values) {
        Fleet fleet = new Fleet(servers, values);
        Eventually.await("the models of all servers are learned", () -> fleet.status().stream().allMatch(status -> status.learnedAgo() != null));
        return fleet;
    }

    static SimulatorSettings.Builder withModel(SimulatorSettings.Builder settings, String... models) {
        return settings.models(List.of(models).stream().map(SimulatedModel::named).toList());
    }

    static BackendSettings backend(int number, String url) {
        return BackendSettings.of(BaseUrl.parse(url)).withId(id(number));
    }

    static BackendSettings openAi(int number, String url) {
        return backend(number, url).withServer(new ServerSettings(BaseUrl.parse(url), null, DialectName.OPENAI));
    }

    static BackendId id(int number) {
        return new BackendId("server-" + number);
    }

    Paddock client() {
        return client;
    }

    OllamaSimulator server(int number) {
        return servers.get(number);
    }

    BackendsPort backends() {
        return Objects.requireNonNull(client.backends(), "the client chooses among servers");
    }

    List<BackendStatus> status() {
        return backends().backends();
    }

    void ask(String model) {
        client.llm().chat(ChatRequest.of(model, "Why is the sky blue?"));
    }

    void askWithContext(String model, int contextLength) {
        client.llm().chat(ChatRequest.of(model, "Why is the sky blue?")
                .withSettings(GenerationSettings.builder()
                        .options(ModelOptions.NONE.withContextLength(contextLength))
                        .build()));
    }

    List<BackendState> states() {
        return status().stream().map(BackendStatus::state).toList();
    }

    /** Returns the chats that each server has got. */
    List<Long> chats() {
        return servers.stream().map(server -> server.counters().requestsTo("/api/chat")).toList();
    }

    long loads() {
        return servers.stream().mapToLong(server -> server.counters().loadsStarted()).sum();
    }

    @Override
    public void close() {
        client.close();
        servers.forEach(OllamaSimulator::close);
    }
}
