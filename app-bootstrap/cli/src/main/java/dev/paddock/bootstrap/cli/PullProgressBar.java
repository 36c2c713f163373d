package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.PullTracker.LayerProgress;
import org.jspecify.annotations.Nullable;

/** Shows a download on a terminal: a line for each step, with a bar that grows for each layer. Not thread-safe. */
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
            finishLine();
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

    private void finishLine() {
        if (shown != null && shown.digest() != null) {
            LayerProgress full = new LayerProgress(shown.layer().total(), shown.layer().total());
            terminal.redraw(lineOf(shown.status(), full, true));
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
