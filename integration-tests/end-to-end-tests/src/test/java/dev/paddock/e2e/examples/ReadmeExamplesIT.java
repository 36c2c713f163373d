package dev.paddock.e2e.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.ports.metrics.MetricsPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README shows is what is compiled and run here. */
class ReadmeExamplesIT {

    private static final Path HERE = Path.of("src/test/java/dev/paddock/e2e/examples");
    private static final Path README = Path.of("../../README.md");

    @Test
    void plainJava_againstAServer_answers() {
        try (OllamaSimulator server = OllamaSimulator.start()) {
            System.setProperty("paddock.base-url", server.baseUrl());
            PlainJavaExample.tell();
            assertThat(server.counters().requestsTo("/api/chat")).isEqualTo(2);
            assertThat(server.counters().connectionsAccepted()).isEqualTo(1);
        } finally {
            System.clearProperty("paddock.base-url");
        }
    }

    @Test
    void guice_againstAServer_answers() {
        try (OllamaSimulator server = OllamaSimulator.start()) {
            assertThat(GuiceExample.tell(settings(server))).isNotEmpty();
        }
    }

    @Test
    void builder_againstABusyServer_triesAgainAndAnswers() {
        BuilderExample beans = new BuilderExample();
        try (OllamaSimulator server = OllamaSimulator.start();
                Paddock paddock = beans.paddock(server.baseUrl(), MetricsPort.noOp())) {
            server.faults().enqueue(FaultScript.on("/api/chat").times(1).then(Fault.busy()));

            assertThat(beans.llm(paddock).chat(ChatRequest.of("llama3.2", "hello")).text()).isNotEmpty();
            assertThat(server.counters().requestsTo("/api/chat")).isEqualTo(2);
        }
    }

    @Test
    void readme_everyLineOfJava_standsInAnExample() throws IOException {
        String examples;
        try (Stream<Path> files = Files.list(HERE)) {
            examples = files.map(ReadmeExamplesIT::read).collect(Collectors.joining("\n"));
        }
        List<String> shown = javaLines(Files.readString(README));

        assertThat(shown).hasSizeGreaterThan(15).allSatisfy(line -> assertThat(examples).contains(line));
    }

    private static PaddockSettings settings(OllamaSimulator server) {
        PaddockSettings defaults = PaddockSettings.defaults();
        return defaults.withServer(defaults.server().withBaseUrl(BaseUrl.parse(server.baseUrl())));
    }

    private static List<String> javaLines(String markdown) {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : markdown.lines().toList()) {
            if (line.startsWith("```")) {
                inside = line.equals("```java");
            } else if (inside && !line.isBlank()) {
                lines.add(line.strip());
            }
        }
        return lines;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
