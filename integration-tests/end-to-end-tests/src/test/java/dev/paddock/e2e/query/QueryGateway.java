package dev.paddock.e2e.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.gateway.Gateway;
import dev.paddock.adapters.http.gateway.GatewayDependencies;
import dev.paddock.adapters.http.gateway.query.QueryEndpoints;
import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.domain.model.ModelName;
import dev.paddock.ports.documents.answers.DocumentAnswers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway that answers questions from documents in memory. */
final class QueryGateway implements AutoCloseable {

    private final Paddock client;
    private final ParagraphSearch documents;
    private final Gateway gateway;
    private final List<String> outcomes = new CopyOnWriteArrayList<>();

    private QueryGateway(GatewayConfiguration configuration) {
        this.client = Paddock.builder().settings(configuration.client()).build();
        this.documents = new ParagraphSearch(client.llm());
        this.gateway = Gateway.start(
                new GatewayDependencies(
                        client.exchange(),
                        client.metrics(),
                        client.admission(),
                        client.sharedState(),
                        client.answerCache(),
                        QueryEndpoints.of(new DocumentAnswers(documents, client.llm()), new ModelName("llama3.2"))),
                configuration.gateway(),
                record -> outcomes.add(record.answer().status() + " " + record.answer().outcome()));
    }

    /** Starts a gateway before a server, with settings of its own. */
    static QueryGateway start(OllamaSimulator server, Map<String, String> overrides) {
        Map<String, String> all = new HashMap<>(Map.of(
                "paddock.base-url", server.baseUrl(), "paddock.gateway.port", "0", "paddock.retry.max-retries", "0"));
        all.putAll(overrides);
        return new QueryGateway(GatewayConfiguration.load(ConfigurationLoader.ofDefaults().withOverrides("test", all)));
    }

    /** Returns the status and the outcome of each request, as the access log has them. */
    List<String> outcomes() {
        return outcomes;
    }

    int port() {
        return gateway.port();
    }

    ParagraphSearch documents() {
        return documents;
    }

    String metrics() {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            client.writeMetrics(page);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return page.toString(UTF_8);
    }

    @Override
    public void close() {
        gateway.close();
        client.close();
    }
}
