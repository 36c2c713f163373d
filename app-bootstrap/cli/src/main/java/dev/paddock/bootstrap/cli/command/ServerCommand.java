package dev.paddock.bootstrap.cli.command;

import dev.paddock.bootstrap.FailureAdvice;
import dev.paddock.bootstrap.cli.command.ServerOptions.TimeoutOption;
import dev.paddock.bootstrap.config.source.SpellingSuggestion;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.ModelNotFoundException;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** A command that calls a model server. */
public abstract class ServerCommand extends CliCommand {

    @Mixin private final ServerOptions server = new ServerOptions();
    @Mixin private final TimeoutOption timeout = new TimeoutOption();

    /** Runs a task in a session with the server that the options name. */
    protected final <T> T inSession(Function<Session, T> task) {
        return context().sessions().run(server.overrides(), timeout.timeout(), session -> {
            try {
                return task.apply(session);
            } catch (ModelNotFoundException missing) {
                throw withSuggestion(missing, session);
            }
        });
    }

    /** Adds the name of a model on the server that is similar to the missing one. */
    private static RuntimeException withSuggestion(ModelNotFoundException missing, Session session) {
        try {
            // The usual tag may be left out.
            List<String> names = session.models().models(session.newCall()).stream()
                    .map(model -> model.name().replaceFirst(":latest$", ""))
                    .toList();
            String nearest = SpellingSuggestion.nearest(missing.model().replaceFirst(":latest$", ""), names);
            return nearest == null
                    ? missing
                    : new CommandFailedException(missing, "Did you mean " + nearest + "? " + FailureAdvice.of(missing));
        } catch (LlmException unknown) {
            return missing;
        }
    }
}
