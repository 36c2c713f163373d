package dev.paddock.bootstrap.cli.terminal;

import java.util.Map;

/**
 * Which of the three standard streams are terminals, and whether colours may be used there.
 *
 * @param input whether the standard input is a terminal
 * @param output whether the standard output is a terminal
 * @param error whether the error stream is a terminal
 * @param colour whether terminals may show colours
 * @param columns the width of the terminals, 0 when it is unknown
 * @param rows their height, 0 when it is unknown
 */
public record TerminalTraits(boolean input, boolean output, boolean error, boolean colour, int columns, int rows) {

    /** No stream is a terminal. */
    public static final TerminalTraits NONE = new TerminalTraits(false, false, false, false, 0, 0);

    /** Set by the launcher: the digits of the file descriptors that are terminals, for example {@code 012}. */
    private static final String PROPERTY = "dev.paddock.cli.terminals";

    /** Set by the launcher, too. */
    private static final String COLUMNS_PROPERTY = "dev.paddock.cli.columns";

    private static final String ROWS_PROPERTY = "dev.paddock.cli.rows";

    /** Creates the traits of terminals whose size is unknown. */
    public TerminalTraits(boolean input, boolean output, boolean error, boolean colour) {
        this(input, output, error, colour, 0, 0);
    }

    /** Creates the traits of terminals whose height is unknown. */
    public TerminalTraits(boolean input, boolean output, boolean error, boolean colour, int columns) {
        this(input, output, error, colour, columns, 0);
    }

    /** Returns the traits of this process; without the launcher no stream counts as a terminal. */
    public static TerminalTraits ofProcess(Map<String, String> environment) {
        String descriptors = System.getProperty(PROPERTY, "");
        return new TerminalTraits(
                descriptors.contains("0"),
                descriptors.contains("1"),
                descriptors.contains("2"),
                wantsColour(environment),
                Integer.getInteger(COLUMNS_PROPERTY, 0),
                Integer.getInteger(ROWS_PROPERTY, 0));
    }

    // https://no-color.org
    private static boolean wantsColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }
}
