package dev.paddock.bootstrap.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that decides whether an answer is shown as it comes. */
final class StreamOption {

    @Option(
            names = "--stream",
            negatable = true,
            description = "Show the answer as it comes, or only when it is complete. Without --json it is shown "
                    + "as it comes; with --json, --stream prints one object a line.")
    private @Nullable Boolean stream;

    boolean isStreaming(CommonOptions common) {
        return stream != null ? stream : !common.json();
    }
}
