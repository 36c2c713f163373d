package dev.paddock.bootstrap.cli.documents;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.terminal.StopSignal;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.documents.IndexReport;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.ports.documents.DocumentSearchPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The documents of a folder, indexed for the duration of a command.
 *
 * @param paddock the client of the model server
 * @param documents the index, which is up to date
 * @param report what had to be done for that
 * @param cancellation cancels the calls of the command
 */
public record FolderDocuments(Paddock paddock, DocumentSearchPort documents, IndexReport report, Cancellation cancellation) {

    /** Warns in each run that a module of the JVM could be added; held, because the manager of loggers forgets levels otherwise. */
    private static final Logger LUCENE = Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    /**
     * Indexes a folder, and runs a task with its documents.
     *
     * @param settings further settings, by configuration key
     * @param json whether the progress is shown as JSON
     */
    public static <T> T open(
            CliContext context, Path folder, Map<String, String> settings, boolean json, Function<FolderDocuments, T> task) {
        if (!Files.isDirectory(folder)) {
            throw new UsageException(folder + " is no folder");
        }
        LUCENE.setLevel(Level.SEVERE);
        Map<String, String> overrides = new HashMap<>(settings);
        overrides.put("paddock.documents.folder", folder.toString());
        ConfigurationLoader loader = ConfigurationLoader.ofProcess()
                .withEnvironment(context.environment())
                .withOverrides("command line", overrides);
        // The signal is closed last, so that the end of the process waits until what was read is safe.
        try (StopSignal signal = StopSignal.listen(Cancellation.create());
                Paddock paddock = Paddock.start(loader)) {
            DocumentSearchPort documents = requireNonNull(paddock.documents(), "documents");
            IndexProgressView view = IndexProgressView.of(context.terminal(), json);
            IndexReport report;
            try {
                report = documents.update(
                        view::show,
                        CallContext.create()
                                .withCancellation(signal.cancellation())
                                .with(CallAttributes.PRIORITY, CallAttributes.Priority.BATCH));
            } finally {
                view.end();
            }
            return task.apply(new FolderDocuments(paddock, documents, report, signal.cancellation()));
        }
    }
}
