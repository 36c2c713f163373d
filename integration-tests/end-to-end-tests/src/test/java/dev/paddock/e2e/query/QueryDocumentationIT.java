package dev.paddock.e2e.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.bootstrap.Paddock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of docs/query.md, and that the document shows it. */
class QueryDocumentationIT {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "query.md");
    private static final Path EXAMPLE = Path.of("src", "test", "java", "dev", "paddock", "e2e", "query", "Handbook.java");

    @Test
    void handbook_overASearchOfItsOwn_answersWithItsSources() {
        try (OllamaSimulator server = OllamaSimulator.start();
                Paddock paddock = Paddock.builder().set("paddock.base-url", server.baseUrl()).build();
                ParagraphSearch documents = new ParagraphSearch(paddock.llm())) {
            documents.put("gates.md", "The gate opens at dawn.\n\nThe south gate is closed.");

            assertThat(new Handbook(documents, paddock.llm()).ask("When does the gate open?"))
                    .isEqualTo("The gate opens at dawn. [1][gates.md]");
        }
    }

    @Test
    void document_everyLineOfJava_standsInTheExample() throws IOException {
        List<String> example = Files.readAllLines(EXAMPLE);
        List<String> shown = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map((MatchResult block) -> block.group(1))
                .flatMap(String::lines)
                .toList();

        assertThat(shown).hasSizeGreaterThan(9).allSatisfy(line -> assertThat(example).contains(line));
    }
}
