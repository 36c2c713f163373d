package dev.paddock.bootstrap.cli.models;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.models.PullTracker.LayerProgress;
import dev.paddock.bootstrap.cli.models.PullTracker.PullState;
import dev.paddock.bootstrap.cli.terminal.ReadableText;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a download. */
interface PullProgressView {

    /** Shows a new state. */
    void show(PullState state);

    /** Ends the display. */
    default void end() {}

    /** A line for each step, with a progress bar for each layer; for terminals. Not thread-safe. */
    final class PullProgressBar implements PullProgressView {

        private static final int BAR_WIDTH = 28;

        private final Terminal terminal;
        private @Nullable PullState shown;
        private String line = "";

        PullProgressBar(Terminal terminal) {
            this.terminal = requireNonNull(terminal, "terminal");
        }

        @Override
        public void show(PullState state) {
            if (shown != null && !shown.status().equals(state.status())) {
                finishLine(shown);
            }
            String next = lineOf(state.status(), state.layer(), state.digest() != null);
            if (!next.equals(line)) {
                terminal.redraw(next);
                line = next;
            }
            shown = state;
        }

        @Override
        public void end() {
            if (shown != null) {
                terminal.note("");
                shown = null;
            }
        }

        private void finishLine(PullState state) {
            if (state.digest() != null) {
                LayerProgress full = new LayerProgress(state.layer().total(), state.layer().total());
                terminal.redraw(lineOf(state.status(), full, true));
            }
            terminal.note("");
            line = "";
        }

        private static String lineOf(String status, LayerProgress layer, boolean hasLayer) {
            if (!hasLayer) {
                return status;
            }
            int filled = layer.percent() * BAR_WIDTH / 100;
            String bar = "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled);
            String amount = layer.percent() == 100
                    ? ReadableText.bytes(layer.total())
                    : ReadableText.bytes(layer.completed()) + " of " + ReadableText.bytes(layer.total());
            return String.format("%s %3d%% [%s] %s", status, layer.percent(), bar, amount);
        }
    }

    /** A line for each step and for each tenth of a layer; without a terminal. Not thread-safe. */
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
}
