package dev.paddock.bootstrap.cli;

import picocli.CommandLine.Option;

/** The options of every command. */
final class CommonOptions {

    static final String JSON = "--json";
    static final String DEBUG = "--debug";

    @Option(names = JSON, description = "Print the result as one JSON object, and failures as JSON on standard error.")
    private boolean json;

    // Read before the command line is parsed, see FailureReport; declared here so that every command accepts it.
    @Option(names = DEBUG, description = "Show where in the program a failure arose.")
    private boolean debug;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    boolean json() {
        return json;
    }

    boolean debug() {
        return debug;
    }

    boolean help() {
        return help;
    }
}
