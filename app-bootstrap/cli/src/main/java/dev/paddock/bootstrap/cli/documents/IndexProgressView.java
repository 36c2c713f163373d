package dev.paddock.bootstrap.cli.documents;

import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.domain.documents.IndexProgress;

/** Shows how far an update of an index is. Not thread-safe. */
interface IndexProgressView {

    /** Shows a new state. */
    void show(IndexProgress progress);

    /** Ends the display. */
    default void end() {}

    /** Returns a bar on a terminal, lines elsewhere, and nothing beside JSON. */
    static IndexProgressView of(Terminal terminal, boolean isJson) {
        if (isJson) {
            return progress -> {};
        }
        return terminal.traits().error() ? new ProgressBar(terminal) : new ProgressLines(terminal);
    }

    private static int percent(IndexProgress progress) {
        return progress.files() == 0 ? 100 : (int) (100L * progress.done() / progress.files());
    }

    /** One line that is drawn again. */
    final class ProgressBar implements IndexProgressView {

        private static final int WIDTH = 28;

        private final Terminal terminal;
        private String line = "";

        ProgressBar(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void show(IndexProgress progress) {
            int filled = percent(progress) * WIDTH / 100;
            String next = String.format(
                    "%3d%% [%s] %d of %d files, %d passages",
                    percent(progress),
                    "#".repeat(filled) + ".".repeat(WIDTH - filled),
                    progress.done(),
                    progress.files(),
                    progress.report().passages());
            if (!next.equals(line)) {
                terminal.redraw(next);
                line = next;
            }
        }

        @Override
        public void end() {
            if (!line.isEmpty()) {
                terminal.note("");
            }
        }
    }

    /** A line for each tenth of the files. */
    final class ProgressLines implements IndexProgressView {

        private static final int STEP = 10;

        private final Terminal terminal;
        private int shown;

        ProgressLines(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void show(IndexProgress progress) {
            int step = percent(progress) / STEP;
            if (step > shown) {
                shown = step;
                terminal.note(progress.done() + " of " + progress.files() + " files, " + progress.report().passages() + " passages");
            }
        }
    }
}
