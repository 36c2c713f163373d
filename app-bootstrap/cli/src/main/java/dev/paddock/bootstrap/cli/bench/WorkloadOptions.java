package dev.paddock.bootstrap.cli.bench;

import dev.paddock.bootstrap.bench.load.PromptFile;
import dev.paddock.bootstrap.bench.load.Prompts;
import dev.paddock.bootstrap.bench.load.Prompts.GeneratedPrompts;
import dev.paddock.bootstrap.bench.load.TokenRange;
import dev.paddock.bootstrap.bench.load.Workload;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.LocalFiles;
import dev.paddock.domain.model.ModelName;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for what the requests of a benchmark ask for. */
final class WorkloadOptions {

    @Option(
            names = "--workload",
            paramLabel = "generate|chat|stream|embed",
            defaultValue = "chat",
            description = "What each request asks for: ${DEFAULT-VALUE}.")
    private WorkloadKind workload = WorkloadKind.CHAT;

    @Option(names = "--prompts", paramLabel = "FILE", description = "The prompts: text with one on each line, JSON lines with 'prompt' or "
            + "'messages', or an array of conversations as in ShareGPT. Without it prompts are generated.")
    private @Nullable Path prompts;

    @Option(names = "--input-tokens", paramLabel = "N|N-M", description = "About how many tokens each generated prompt has, or a range.")
    private @Nullable String inputTokens;

    @Option(
            names = {"--output-tokens", "--tokens"},
            paramLabel = "N|N-M",
            defaultValue = "16",
            description = "Maximum number of tokens in an answer, or a range: ${DEFAULT-VALUE}.")
    private String outputTokens = "16";

    @Option(names = "--repeat", paramLabel = "SHARE", defaultValue = "0", description = "Share of conversations that repeat an earlier "
            + "one, from 0 to 1: ${DEFAULT-VALUE}.")
    private double repeat;

    @Option(names = "--turns", paramLabel = "N", defaultValue = "1", description = "Turns of a conversation; each one sends the answers "
            + "before it: ${DEFAULT-VALUE}.")
    private int turns;

    WorkloadKind kind() {
        return workload;
    }

    /** Checks the options and reads the prompts, before anything is sent; returns the workload for given models. */
    Function<List<ModelName>, Workload> read() {
        if (!(repeat >= 0 && repeat <= 1)) {
            throw new UsageException("--repeat is a share from 0 to 1, for example 0.4; the number of parts is --parts");
        }
        if (turns < 1) {
            throw new UsageException("--turns must be at least 1");
        }
        if (turns > 1 && !workload.hasConversations()) {
            throw new UsageException("--turns needs --workload chat or stream: there are no conversations with " + workload.label());
        }
        if (prompts != null && inputTokens != null) {
            throw new UsageException("--prompts and --input-tokens exclude each other");
        }
        Prompts read = prompts();
        TokenRange most = range("--output-tokens (--tokens)", outputTokens);
        return models -> new Workload(workload, models, read, repeat, turns, most);
    }

    private Prompts prompts() {
        if (prompts == null) {
            return new GeneratedPrompts(inputTokens == null ? null : range("--input-tokens", inputTokens));
        }
        try {
            return LocalFiles.read(prompts, PromptFile::read);
        } catch (IllegalArgumentException malformed) {
            throw new UsageException("the file " + prompts + " " + malformed.getMessage());
        }
    }

    private static TokenRange range(String option, String text) {
        try {
            return TokenRange.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new UsageException(option + ": " + malformed.getMessage());
        }
    }
}
