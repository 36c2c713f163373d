package dev.paddock.wholesystem.sprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.wholesystem.GatewayClient;
import dev.paddock.wholesystem.LocalGateway;
import dev.paddock.wholesystem.RunningGateway;
import dev.paddock.wholesystem.WordVectors;
import dev.paddock.wholesystem.sprint.SprintQuestions.QuestionPair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sprint at its smallest size, in one process. */
class SprintTest {

    private static final SprintQuestions QUESTIONS = new SprintQuestions(
            List.of(new QuestionPair("How long is a lease of the meadow?", "How long may a lease of the meadow be?", true)),
            IntStream.range(0, 20).mapToObj(number -> "What is said about topic number " + number + "?").toList());

    @Test
    void run_twoLoads_countsWhatServersAndAnswersTell(@TempDir Path directory) throws Exception {
        Path folder = Files.createDirectories(directory.resolve("folder"));
        for (int topic = 0; topic < 6; topic++) {
            Files.writeString(folder.resolve(topic + ".md"), "# Topic " + topic + "\n\nThe lease of meadow " + topic + " is long.\n");
        }
        Path results = directory.resolve("results");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // A call waits only a second for the digest of its model; without one its answer is not stored.
        RunningGateway.Launcher gateways = settings -> {
            Map<String, String> all = new HashMap<>(settings);
            all.put("paddock.cache.models.version", "name");
            return LocalGateway.start(all);
        };
        Sprint sprint = new Sprint(SprintSize.QUICK, QUESTIONS, WordVectors::of, gateways, null, folder, directory);

        new SprintRun(sprint, List.of(Mode.ALL), results, new PrintStream(out, true, UTF_8)).run();

        assertThat(out.toString(UTF_8)).contains("| all | 10 of 10 | 0 |", "| all | 16 of 16 | 0 |");
        Map<?, ?> cached = mode(results.resolve("original.json"), "all");
        // Its warm-up has asked all five questions, and is not counted.
        assertThat(object(cached, "counts")).containsEntry("answers_from_cache", 10).containsEntry("false_hits", 0);
        assertThat(((Number) object(cached, "counts").get("upstream_calls")).intValue()).isLessThan(5);
        Map<?, ?> all = mode(results.resolve("realistic.json"), "all");
        assertThat(object(all, "counts")).containsEntry("false_hits", 0);
        assertThat(((Number) object(all, "counts").get("upstream_calls")).intValue()).isPositive();
        assertThat(results.resolve("realistic.html")).content().contains("upstream calls", "false hits");
        try (Stream<Path> files = Files.list(results)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .anyMatch(name -> name.matches("baseline_results_\\d{8}_\\d{6}_all.json"));
        }
    }

    private static Map<Object, Object> mode(Path file, String name) throws IOException {
        return object(object(new HashMap<>(GatewayClient.object(PlainJson.fromText(Files.readString(file)))), "modes"), name);
    }

    private static Map<Object, Object> object(Map<?, ?> parent, String name) {
        return new HashMap<>(GatewayClient.object(parent.get(name)));
    }
}
