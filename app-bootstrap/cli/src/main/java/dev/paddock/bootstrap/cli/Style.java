package dev.paddock.bootstrap.cli;

/** How a text looks where colours are welcome. */
enum Style {
    PLAIN(""),
    DIM("\u001b[2m"),
    BOLD("\u001b[1m"),
    ERROR("\u001b[31m");

    private static final String RESET = "\u001b[0m";

    private final String start;

    Style(String start) {
        this.start = start;
    }

    String apply(String text, boolean colour) {
        if (!colour || start.isEmpty()) {
            return text;
        }
        return start + text + RESET;
    }
}
