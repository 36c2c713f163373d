package dev.paddock.bootstrap.cli.models;

import dev.paddock.bootstrap.cli.command.CommonOptions.StreamOption;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.command.ModelOption.ModelArgument;
import dev.paddock.bootstrap.cli.command.ServerCommand;
import dev.paddock.bootstrap.cli.models.PullProgressView.PullProgressBar;
import dev.paddock.bootstrap.cli.models.PullProgressView.PullProgressLines;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.catalog.PullProgress;
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
                    .put("bytes", tracker.totalBytes())
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
}
