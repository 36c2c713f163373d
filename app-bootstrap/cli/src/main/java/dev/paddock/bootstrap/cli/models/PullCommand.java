package dev.paddock.bootstrap.cli.models;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.CommonOptions.StreamOption;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.command.ModelOption.ModelArgument;
import dev.paddock.bootstrap.cli.command.ServerCommand;
import dev.paddock.bootstrap.cli.models.PullCommand.PullProgressView.PullProgressBar;
import dev.paddock.bootstrap.cli.models.PullCommand.PullProgressView.PullProgressLines;
import dev.paddock.bootstrap.cli.models.PullTracker.LayerProgress;
import dev.paddock.bootstrap.cli.models.PullTracker.PullState;
import dev.paddock.bootstrap.cli.terminal.ReadableText;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.catalog.PullProgress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Downloads a model to the server. */
@Command(
        name = "pull",
        description = "Downloads a model to the server. A cancelled download keeps what has arrived; the next pull "
                + "resumes it.")
public final class PullCommand extends ServerCommand {

    @Mixin private final ModelArgument model = new ModelArgument();
    @Mixin private final StreamOption stream = new StreamOption();

    @Override
    protected ExitStatus run() {
        ModelName name = model.required();
        PullTracker tracker = inSession(session -> pull(session.models().pull(name, session.newCall())));
        if (!tracker.isSuccessful()) {
            throw new TruncatedResponseException(
                    "the download ended before the server reported its success", ErrorFacts.NONE);
        }
        if (common().json() && !stream.isStreaming(common())) {
            terminal().result(new JsonObjectBuilder()
                    .put("model", name.value())
                    .put("status", PullProgress.SUCCESS)
                    .put("layers", tracker.layerCount())
                    .put("bytes", tracker.totalBytes() == 0 ? null : tracker.totalBytes())
                    .toJson());
        }
        return ExitStatus.OK;
    }

    private PullTracker pull(ResponseStream<PullProgress> reports) {
        PullTracker tracker = new PullTracker();
        PullProgressView view = view();
        try (reports) {
            while (reports.hasNext()) {
                view.show(tracker.accept(reports.next()));
            }
        } finally {
            view.end();
        }
        return tracker;
    }

    private PullProgressView view() {
        if (common().json()) {
            return stream.isStreaming(common()) ? state -> terminal().result(state.toJson()) : state -> { };
        }
        if (!stream.isStreaming(common())) {
            return state -> { };
        }
        return terminal().traits().error() ? new PullProgressBar(terminal()) : new PullProgressLines(terminal());
    }

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
                String next = lineOf(state.status(), state.layer());
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
                if (state.layer().isSizeKnown()) {
                    LayerProgress full = new LayerProgress(state.layer().total(), state.layer().total());
                    terminal.redraw(lineOf(state.status(), full));
                }
                terminal.note("");
                line = "";
            }

            private static String lineOf(String status, LayerProgress layer) {
                if (!layer.isSizeKnown()) {
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
                String line = !state.layer().isSizeKnown()
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
}
