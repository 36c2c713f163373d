package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

/** Tells of a download where there is no terminal: a line for each step and each tenth of a layer. Not thread-safe. */
final class PullProgressLines implements PullProgressView {

    private static final int STEP = 10;

    private final Terminal terminal;
    private String last = "";

    PullProgressLines(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal");
    }

    @Override
    public void show(PullState state) {
        String line = state.digest() == null
                ? state.status()
                : state.status() + " " + state.layer().percent() / STEP * STEP + "% of "
                        + ReadableText.bytes(state.layer().total());
        if (!line.equals(last)) {
            terminal.note(line);
            last = line;
        }
    }
}
