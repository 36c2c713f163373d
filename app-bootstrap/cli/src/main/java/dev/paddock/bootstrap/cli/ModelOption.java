package dev.paddock.bootstrap.cli;

import dev.paddock.domain.model.ModelName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the model. */
final class ModelOption {

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            converter = ModelNameConverter.class,
            description = "The model, for example llama3.2.")
    private @Nullable ModelName model;

    @Nullable ModelName model() {
        return model;
    }
}
