package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator's vectors mean nothing: equal texts have equal ones, and others have others. */
class CacheEvaluateCommandTest {

    private final OllamaSimulator server = OllamaSimulator.start();

    @TempDir
    private Path directory;

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void evaluate_pairsOfAFile_areCountedWithAndWithoutGuards() throws IOException {
        Path file = write("same\tkind\ta\tb\n1\tx\tWhat is the time now?\tWhat is the time now?\n"
                + "0\ty\tHow are you there, friend?\tHow are you there, friend?\n");

        CliRun run = run("--pairs", file.toString(), "--thresholds", "0.999", "--json");

        assertThat(run.status()).as(run.err()).isZero();
        List<?> results = (List<?>) run.json().get("results");
        assertThat(results).hasSize(2);
        for (Object result : results) {
            Map<String, Object> fields = CliRun.object(result);
            assertThat(fields).containsEntry("right", 1).containsEntry("wrong", 1).containsEntry("hit_rate", 1.0);
            assertThat(fields).containsEntry("false_hit_rate", 0.5);
        }
    }

    @Test
    void evaluate_questionsOfAFile_areReplayed() throws IOException {
        Path file = write("text\tintent\nWhere is my card now?\tcard\n"
                + "Where is my card now?\tcard\nWhere is my card now?\tother\nWhat do you cost a year?\tprice\n");

        CliRun run = run("--questions", file.toString(), "--thresholds", "0.999");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("4 questions").contains("FALSE OF HITS", "2 (50.0 %)");
        assertThat(run.out().lines()).hasSize(4);
    }

    @Test
    void evaluate_withoutAFile_usesThePairsOfPaddock() {
        CliRun run = run();

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("30 pairs with the same answer, 54 with different ones");
        assertThat(run.out().lines()).hasSize(12);
    }

    @Test
    void evaluate_wrongInput_isRefused() throws IOException {
        assertThat(run("--thresholds", "1.5").err()).contains("above 0 and at most 1");
        assertThat(run("--thresholds", "NaN").err()).contains("above 0 and at most 1");
        assertThat(run("--pairs", write("a\tb\n1\t2\n").toString()).err()).contains("must name the columns same, a, b");
        assertThat(run("--pairs", write("same\ta\tb\n2\tx\ty\n").toString()).err()).contains("0 or 1, not '2'");
        assertThat(run("--pairs", write("same\ta\tb\n1\tx\n").toString()).err()).contains("line 2 of the file has 2 columns");
        assertThat(run("--pairs", write("").toString()).err()).contains("must name the columns");
        assertThat(run("--pairs", write("same\ta\tb\n").toString()).err()).contains("no line");
        assertThat(run("--pairs", "x", "--questions", "y").err()).contains("exclude each other");
        assertThat(run("--in-process").err()).contains("paddock-local-embeddings");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("labelled.tsv"), text);
    }

    private CliRun run(String... arguments) {
        String[] all = new String[arguments.length + 6];
        System.arraycopy(new String[] {"cache", "evaluate", "--base-url", server.baseUrl(), "-m", "nomic-embed-text"}, 0, all, 0, 6);
        System.arraycopy(arguments, 0, all, 6, arguments.length);
        return CliRun.of(all);
    }
}
