package dev.paddock.bootstrap.cli;

import java.util.Map;

/**
 * Which of the three standard streams are terminals, and whether colours are welcome there.
 *
 * @param input whether a person types at the input
 * @param output whether a person reads the output
 * @param error whether a person reads the error stream
 * @param colour whether streams that are terminals may carry colours
 */
record TerminalTraits(boolean input, boolean output, boolean error, boolean colour) {

    /** No stream is a terminal. */
    static final TerminalTraits NONE = new TerminalTraits(false, false, false, false);

    /**
     * Set by the launcher, which can ask the system: the digits of the descriptors that are terminals, as in {@code
     * 012}.
     */
    private static final String PROPERTY = "dev.paddock.cli.terminals";

    /** Returns the traits of this process; without the launcher no stream counts as a terminal. */
    static TerminalTraits ofProcess(Map<String, String> environment) {
        String descriptors = System.getProperty(PROPERTY, "");
        return new TerminalTraits(
                descriptors.contains("0"),
                descriptors.contains("1"),
                descriptors.contains("2"),
                wantsColour(environment));
    }

    // https://no-color.org
    private static boolean wantsColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }
}
