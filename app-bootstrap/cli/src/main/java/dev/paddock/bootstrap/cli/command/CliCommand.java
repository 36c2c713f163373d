package dev.paddock.bootstrap.cli.command;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.terminal.Terminal;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command with the options that all commands have. */
public abstract class CliCommand implements Callable<Integer> {

    @Mixin private final CommonOptions common = new CommonOptions();

    @Spec private @Nullable CommandSpec spec;

    /** Runs the command. */
    protected abstract ExitStatus run();

    @Override
    public final Integer call() {
        return run().code();
    }

    /** Returns the context, which the root of the commands holds. */
    protected final CliContext context() {
        if (spec == null || !(spec.root().userObject() instanceof RootCommand root)) {
            throw new IllegalStateException("the command is not part of a command line");
        }
        return root.context();
    }

    protected final CommonOptions common() {
        return common;
    }

    protected final Terminal terminal() {
        return context().terminal();
    }

    /** The root of all commands. */
    public interface RootCommand {

        /** Returns the context of the command line. */
        CliContext context();
    }

    /**
     * The environment of a command.
     *
     * @param terminal the standard streams
     * @param environment the environment variables
     * @param sessions opens clients of a server
     */
    public record CliContext(Terminal terminal, Map<String, String> environment, SessionFactory sessions) {

        public CliContext {
            requireNonNull(terminal, "terminal");
            requireNonNull(sessions, "sessions");
            environment = Map.copyOf(environment);
        }
    }
}
