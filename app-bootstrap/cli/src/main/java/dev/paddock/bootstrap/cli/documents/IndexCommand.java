package dev.paddock.bootstrap.cli.documents;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.ServerOptions;
import dev.paddock.domain.documents.CorpusState;
import dev.paddock.domain.documents.IndexReport;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Indexes the documents of a folder. */
@Command(
        name = "index",
        description = "Indexes the text, Markdown, HTML and PDF files of a folder, so that they can be searched: only those that are new or "
                + "have changed. Started again after an interruption, it goes on where it was. Exit status 9: some files could not be read.")
public final class IndexCommand extends CliCommand {

    @Parameters(paramLabel = "DIR", description = "The folder, with the folders in it.")
    private @Nullable Path folder;

    @Mixin private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--index",
            paramLabel = "DIR",
            description = "The directory of the index; else paddock.documents.index, or one that belongs to the folder.")
    private @Nullable Path index;

    @Option(names = "--embedding-model", paramLabel = "MODEL", description = "The embedding model: nomic-embed-text, unless configured.")
    private @Nullable String model;

    @Option(
            names = "--in-process",
            description = "Embed in this process instead of on a server; needs the module paddock-local-embeddings on the class path.")
    private boolean inProcess;

    @Override
    protected ExitStatus run() {
        return FolderDocuments.open(context(), requireNonNull(folder, "folder"), overrides(), common().json(), opened -> {
            print(opened.report(), opened.documents().state());
            return opened.report().skipped().isEmpty() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
        });
    }

    private Map<String, String> overrides() {
        Map<String, String> overrides = server.overrides();
        if (index != null) {
            overrides.put("paddock.documents.index", index.toString());
        }
        if (model != null) {
            overrides.put("paddock.documents.embedding-model", model);
        }
        if (inProcess) {
            overrides.put("paddock.documents.in-process", "true");
        }
        return overrides;
    }

    private void print(IndexReport report, CorpusState state) {
        if (common().json()) {
            Map<String, @Nullable Object> skipped = PlainJson.object();
            report.skipped().forEach(document -> skipped.put(document.name(), document.reason()));
            terminal().result(PlainJson.toText(PlainJson.object(
                    "indexed", report.indexed(),
                    "unchanged", report.unchanged(),
                    "removed", report.removed(),
                    "skipped", skipped,
                    "documents", state.documents(),
                    "passages", state.passages())));
            return;
        }
        report.skipped().forEach(document -> terminal().note("Skipped: " + document.name() + " " + document.reason()));
        terminal().result("indexed " + report.indexed() + ", unchanged " + report.unchanged() + ", removed " + report.removed() + ", skipped "
                + report.skipped().size() + "; the index has " + state.documents() + " documents with " + state.passages() + " passages");
    }
}
