package dev.paddock.bootstrap.cli;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.catalog.PullProgress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets the server download a model. */
@Command(
        name = "pull",
        description = "Lets the server download a model. Breaking off keeps what has arrived; the next pull "
                + "goes on from there.")
final class PullCommand implements Callable<Integer> {

    @Mixin private final ModelArgument model = new ModelArgument();
    @Mixin private final StreamOption stream = new StreamOption();
    @Mixin private final ServerOptions server = new ServerOptions();
    @Mixin private final CommonOptions common = new CommonOptions();

    private final CliContext context;

    PullCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ModelName name = model.required();
        PullTracker tracker = new SessionRunner(context.sessions())
                .run(server, session -> pull(session.models().pull(name, session.newCall())));
        if (!tracker.isSuccessful()) {
            throw new TruncatedResponseException(
                    "the download ended without the word of the server that it is complete", ErrorFacts.NONE);
        }
        if (common.json() && !stream.isStreaming(common)) {
            context.terminal().result(new JsonObjectBuilder()
                    .put("model", name.value())
                    .put("status", PullProgress.SUCCESS)
                    .put("layers", tracker.layerCount())
                    .put("bytes", tracker.totalBytes())
                    .toJson());
        }
        return ExitStatus.OK.code();
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
        Terminal terminal = context.terminal();
        if (common.json()) {
            return stream.isStreaming(common) ? state -> terminal.result(state.toJson()) : state -> { };
        }
        if (!stream.isStreaming(common)) {
            return state -> { };
        }
        return terminal.traits().error() ? new PullProgressBar(terminal) : new PullProgressLines(terminal);
    }
}
