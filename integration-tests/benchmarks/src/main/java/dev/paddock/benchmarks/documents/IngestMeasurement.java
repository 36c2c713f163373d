package dev.paddock.benchmarks.documents;

import dev.paddock.benchmarks.reuse.EmbeddingServer;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedSettings;
import dev.paddock.ports.documents.DocumentSearchPort;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What indexing costs beyond the embedding: documents of 1 kB, next to a loop that reads them and sends the same batches.
 *
 * @param directory an empty directory
 * @param out receives a table
 */
record IngestMeasurement(Path directory, PrintStream out) {

    private static final int AT_ONCE = 64;
    private static final double MOST_OVERHEAD = 0.10;
    private static final Duration PER_REQUEST = Duration.ofMillis(20);
    private static final Duration PER_TEXT = Duration.ofMillis(2);
    private static final int BYTES = 1000;

    /** Prints the table, and returns whether the overhead is within the bound. */
    boolean run(int count) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("folder"));
        for (int number = 0; number < count; number++) {
            Files.writeString(folder.resolve(number + ".txt"), document(number));
        }
        try (EmbeddingServer server = EmbeddingServer.start(PER_REQUEST, PER_TEXT, 1);
                Paddock paddock = Paddock.start(ConfigurationLoader.ofDefaults()
                        .withOverrides("benchmark", Map.of(
                                "paddock.base-url", server.baseUrl(),
                                "paddock.documents.folder", folder.toString(),
                                "paddock.documents.index", directory.resolve("index").toString(),
                                "paddock.documents.embedding-model", "m",
                                "paddock.documents.texts", String.valueOf(AT_ONCE))))) {
            double loop = loop(paddock, folder, count);
            DocumentSearchPort documents = Objects.requireNonNull(paddock.documents());
            long start = System.nanoTime();
            int indexed = documents.update(progress -> {}, CallContext.create()).indexed();
            double update = (System.nanoTime() - start) / 1e9;
            start = System.nanoTime();
            int unchanged = documents.update(progress -> {}, CallContext.create()).unchanged();
            double again = (System.nanoTime() - start) / 1e9;
            double overhead = update / loop - 1;
            out.println("| documents of 1 kB | loop of batches | index | overhead | bound | second run, nothing changed |");
            out.println("|--:|--:|--:|--:|--:|--:|");
            out.printf(
                    Locale.ROOT,
                    "| %d | %.1f s | %.1f s | %.1f %% | %.0f %%%s | %.2f s |%n",
                    indexed,
                    loop,
                    update,
                    100 * overhead,
                    100 * MOST_OVERHEAD,
                    overhead > MOST_OVERHEAD ? " MISSED" : "",
                    again);
            return overhead <= MOST_OVERHEAD && indexed == count && unchanged == count;
        }
    }

    private static double loop(Paddock paddock, Path folder, int count) throws IOException {
        long start = System.nanoTime();
        List<String> batch = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            batch.add(Files.readString(folder.resolve(number + ".txt")));
            if (batch.size() == AT_ONCE || number == count - 1) {
                paddock.llm().embed(new EmbedRequest(new ModelName("m"), batch, EmbedSettings.DEFAULT));
                batch.clear();
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Returns one paragraph, so that it is one passage; the server counts texts by their first word. */
    private static String document(int number) {
        StringBuilder document = new StringBuilder("text " + number);
        for (int word = 0; document.length() < BYTES - 10; word++) {
            document.append(" word").append((number * 31 + word * word) % 5000);
        }
        return document.toString();
    }
}
