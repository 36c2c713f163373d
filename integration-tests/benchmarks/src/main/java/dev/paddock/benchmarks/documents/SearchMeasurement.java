package dev.paddock.benchmarks.documents;

import dev.paddock.benchmarks.Polling;
import dev.paddock.benchmarks.Quantiles;
import dev.paddock.domain.documents.DocumentQuery;
import dev.paddock.domain.documents.DocumentSettings;
import dev.paddock.domain.documents.SearchMethod;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.embedding.Embedding;
import dev.paddock.domain.reuse.semantic.TextVector;
import dev.paddock.ports.documents.DocumentSearchPort;
import dev.paddock.ports.documents.DocumentSearchProviderPort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a search takes among many passages, without the time of the embedding model: vectors are made of the words of a text, at once.
 *
 * @param directory an empty directory
 * @param out receives a table
 */
record SearchMeasurement(Path directory, PrintStream out) {

    private static final int DIMENSIONS = 384;
    private static final int WORDS = 30_000;
    private static final int WORDS_OF_A_PASSAGE = 60;
    private static final int PASSAGES_OF_A_DOCUMENT = 100;
    private static final double MOST_MILLIS = 20;
    private static final int CHARACTERS = 500;
    private static final String MERGES = "Lucene Merge Thread";
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration LONGEST_MERGES = Duration.ofMinutes(30);

    /** Prints the table, and returns whether the 95th percentiles are within the bound. */
    boolean run(int passages, int queries) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(directory.resolve("folder"));
        Random random = new Random(17);
        for (int document = 0; document * PASSAGES_OF_A_DOCUMENT < passages; document++) {
            StringBuilder text = new StringBuilder();
            for (int passage = 0; passage < PASSAGES_OF_A_DOCUMENT; passage++) {
                text.append("# ").append(word(random)).append("\n\n").append(words(random, WORDS_OF_A_PASSAGE)).append("\n\n");
            }
            Files.writeString(folder.resolve(document + ".md"), text);
        }
        DocumentSettings settings = new DocumentSettings(
                folder.toString(),
                directory.resolve("index").toString(),
                null,
                new DocumentSettings.Cutting(CHARACTERS, 0),
                DocumentSettings.EmbeddedTexts.DEFAULT,
                DocumentSettings.Limits.DEFAULT);
        DocumentSearchProviderPort provider = ServiceLoader.load(DocumentSearchProviderPort.class).findFirst().orElseThrow();
        try (DocumentSearchPort documents = provider.open(settings, embeddings())) {
            long start = System.nanoTime();
            documents.update(progress -> {}, CallContext.create());
            double indexed = (System.nanoTime() - start) / 1e9;
            boolean isMerged = awaitMerges();
            out.printf(
                    Locale.ROOT,
                    "%d passages of about %d words and %d dimensions, indexed in %.0f s and merged after %.0f s%s; %d queries of 8 words, k = 5.%n%n",
                    documents.state().passages(),
                    WORDS_OF_A_PASSAGE,
                    DIMENSIONS,
                    indexed,
                    (System.nanoTime() - start) / 1e9,
                    isMerged ? "" : " NOT YET",
                    queries);
            out.println("| method | p50 | p95 | p99 | bound of p95 | processor time, p50 | p95 |");
            out.println("|---|--:|--:|--:|--:|--:|--:|");
            boolean isKept = true;
            for (SearchMethod method : SearchMethod.values()) {
                isKept &= measure(documents, method, queries);
            }
            return isKept;
        }
    }

    /** Waits until no thread has merged anything for a while: what was indexed is merged in the background. */
    private static boolean awaitMerges() throws IOException, InterruptedException {
        AtomicLong since = new AtomicLong(System.nanoTime());
        return Polling.await(LONGEST_MERGES, () -> {
            if (Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().startsWith(MERGES))) {
                since.set(System.nanoTime());
            }
            return System.nanoTime() - since.get() > QUIET.toNanos();
        });
    }

    private boolean measure(DocumentSearchPort documents, SearchMethod method, int queries) {
        Random random = new Random(4);
        double[] millis = new double[queries];
        double[] ofProcessor = new double[queries];
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int query = -queries / 5; query < queries; query++) { // the first ones warm up
            DocumentQuery asked = DocumentQuery.of(words(random, 8)).withMethod(method);
            long processorStart = threads.getCurrentThreadCpuTime(); // a search runs in the thread of its caller
            long start = System.nanoTime();
            documents.search(asked, CallContext.create());
            if (query >= 0) {
                millis[query] = (System.nanoTime() - start) / 1e6;
                ofProcessor[query] = (threads.getCurrentThreadCpuTime() - processorStart) / 1e6;
            }
        }
        double p95 = Quantiles.of(millis, 0.95);
        out.printf(
                Locale.ROOT,
                "| %s | %.1f ms | %.1f ms | %.1f ms | %.0f ms%s | %.1f ms | %.1f ms |%n",
                method.label(),
                Quantiles.of(millis, 0.5),
                p95,
                Quantiles.of(millis, 0.99),
                MOST_MILLIS,
                p95 > MOST_MILLIS ? " MISSED" : "",
                Quantiles.of(ofProcessor, 0.5),
                Quantiles.of(ofProcessor, 0.95));
        return p95 <= MOST_MILLIS;
    }

    private static EmbeddingSourcePort embeddings() {
        return (text, context) -> {
            float[] vector = new float[DIMENSIONS];
            for (String word : text.split("\\W+", -1)) {
                Random ofWord = new Random(word.hashCode());
                for (int index = 0; index < 16; index++) {
                    vector[ofWord.nextInt(DIMENSIONS)] += ofWord.nextBoolean() ? 1 : -1;
                }
            }
            vector[0] += 0.01f;
            return new TextVector("words", Embedding.wrap(vector));
        };
    }

    private static String words(Random random, int count) {
        StringBuilder words = new StringBuilder();
        for (int word = 0; word < count; word++) {
            words.append(word(random)).append(' ');
        }
        return words.toString().strip();
    }

    /** Returns a word; a few are frequent, as in a language. */
    private static String word(Random random) {
        return "w" + (int) Math.pow(WORDS, random.nextDouble());
    }
}
