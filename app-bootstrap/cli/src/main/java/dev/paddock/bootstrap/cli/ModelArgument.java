package dev.paddock.bootstrap.cli;

import dev.paddock.domain.model.ModelName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The model of commands that are about one: an argument, or the usual option. */
final class ModelArgument {

    @Parameters(paramLabel = "NAME", arity = "0..1", converter = ModelNameConverter.class, description = "The model.")
    private @Nullable ModelName argument;

    @Mixin private final ModelOption option = new ModelOption();

    ModelName required() {
        ModelName name = argument != null ? argument : option.model();
        if (name == null) {
            throw new UsageException("which model? Name it as an argument");
        }
        return name;
    }
}
