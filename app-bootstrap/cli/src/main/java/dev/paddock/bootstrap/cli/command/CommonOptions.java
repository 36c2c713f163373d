package dev.paddock.bootstrap.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command. */
public final class CommonOptions {

    static final String JSON = "--json";
    static final String DEBUG = "--debug";

    @Option(names = JSON, description = "Print the result as one JSON object, and failures as JSON on standard error.")
    private boolean json;

    // FailureReport reads it before the command line is parsed; declared here so that every command accepts it.
    @Option(names = DEBUG, description = "Show the stack trace of a failure.")
    private boolean debug;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    /** Returns whether the output is JSON. */
    public boolean json() {
        return json;
    }

    boolean debug() {
        return debug;
    }

    boolean help() {
        return help;
    }

    /** The option that selects a streamed or a complete answer. */
    public static final class StreamOption {

        @Option(
                names = "--stream",
                negatable = true,
                description = "Show the answer while it arrives, or only when it is complete. The default is to stream, "
                        + "except with --json. --json --stream prints one object per line.")
        private @Nullable Boolean stream;

        /** Returns whether the answer is streamed. */
        public boolean isStreaming(CommonOptions common) {
            return stream != null ? stream : !common.json();
        }
    }
}
