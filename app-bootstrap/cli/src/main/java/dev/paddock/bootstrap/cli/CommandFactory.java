package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, which need to know what surrounds them. */
final class CommandFactory implements IFactory {

    private final CliContext context;
    private final IFactory others = CommandLine.defaultFactory();

    CommandFactory(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (var constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == CliContext.class) {
                return type.cast(constructor.newInstance(context));
            }
        }
        return others.create(type);
    }
}
