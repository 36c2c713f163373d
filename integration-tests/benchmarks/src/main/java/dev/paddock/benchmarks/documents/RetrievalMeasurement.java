package dev.paddock.benchmarks.documents;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.documents.DocumentQuery;
import dev.paddock.domain.documents.IndexReport;
import dev.paddock.domain.documents.Passage;
import dev.paddock.domain.documents.SearchMethod;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.ports.documents.DocumentSearchPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How often the passage that answers a question is found, by each method, with the model in this process.
 *
 * @param directory an empty directory
 * @param out receives a table
 */
record RetrievalMeasurement(Path directory, PrintStream out) {

    private static final int K = 5;
    private static final int FARTHEST = 100;

    /**
     * Prints the table for the documents of a folder, and returns whether hybrid search finds no less than the weaker method.
     *
     * @param file the questions about them, beside this class
     */
    boolean run(String folder, String file) throws IOException {
        List<Question> questions = questions(file);
        try (Paddock paddock = Paddock.start(ConfigurationLoader.ofDefaults()
                .withOverrides("benchmark", Map.of(
                        "paddock.documents.folder", folder,
                        "paddock.documents.index", directory.resolve("index").toString(),
                        "paddock.documents.in-process", "true")))) {
            DocumentSearchPort documents = Objects.requireNonNull(paddock.documents());
            IndexReport report = documents.update(progress -> {}, CallContext.create());
            out.println(questions.size() + " questions; " + report.indexed() + " documents, " + report.passages() + " passages.");
            out.println();
            out.println("| method | recall@5 | MRR | first passage is right |");
            out.println("|---|--:|--:|--:|");
            double weaker = Math.min(
                    measure(SearchMethod.VECTOR, questions, documents), measure(SearchMethod.BM25, questions, documents));
            return measure(SearchMethod.HYBRID, questions, documents) >= weaker;
        }
    }

    private double measure(SearchMethod method, List<Question> questions, DocumentSearchPort documents) {
        int found = 0;
        int first = 0;
        double reciprocal = 0;
        StringBuilder missed = new StringBuilder();
        for (Question question : questions) {
            DocumentQuery query = DocumentQuery.of(question.text).withMethod(method).withK(FARTHEST);
            int rank = rank(question, documents.search(query, CallContext.create()).passages());
            found += rank <= K ? 1 : 0;
            first += rank == 1 ? 1 : 0;
            reciprocal += 1.0 / rank;
            missed.append(rank <= K ? "" : System.lineSeparator() + "    missed: " + question.text);
        }
        double count = questions.size();
        out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f |%n",
                method.label(),
                found / count,
                reciprocal / count,
                first / count);
        if (Boolean.getBoolean("paddock.benchmark.missed")) {
            out.println(missed);
        }
        return found / count;
    }

    /** Returns the rank of the first right passage, from 1; a number without meaning to recall and little to MRR when there is none. */
    private static int rank(Question question, List<Passage> passages) {
        for (int index = 0; index < passages.size(); index++) {
            Passage passage = passages.get(index);
            boolean isRight = passage.document().equals(question.document)
                    && (passage.section() + "\n" + passage.text()).contains(question.passage);
            if (isRight) {
                return index + 1;
            }
        }
        return Integer.MAX_VALUE;
    }

    private static List<Question> questions(String file) throws IOException {
        try (InputStream stream = Objects.requireNonNull(RetrievalMeasurement.class.getResourceAsStream(file))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(fields -> new Question(fields[0], fields[1], fields[2]))
                    .toList();
        }
    }

    /**
     * A question with a known answer.
     *
     * @param text the question
     * @param document the document that answers it
     * @param passage what the passage contains, empty for any passage of the document
     */
    private record Question(String text, String document, String passage) {}
}
