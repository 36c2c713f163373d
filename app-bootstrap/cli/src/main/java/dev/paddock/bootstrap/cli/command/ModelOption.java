package dev.paddock.bootstrap.cli.command;

import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.catalog.ModelSummary;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The option that names the model, and the choice of a model when it is missing. */
public final class ModelOption {

    /** The capability of models that generate text. */
    public static final String COMPLETION = "completion";

    /** The capability of models that embed texts. */
    public static final String EMBEDDING = "embedding";

    private static final String VARIABLE = "PADDOCK_MODEL";
    private static final int NAMES_SHOWN = 8;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "The model, for example llama3.2.")
    private @Nullable ModelName model;

    /** Returns the model that the option names, or null. */
    public @Nullable ModelName model() {
        return model;
    }

    /** Returns the model of the option or of the environment, or null. */
    public @Nullable ModelName configured(CliContext context) {
        return model == null ? ofEnvironment(context) : model;
    }

    /** Returns the model of the option or of the environment, else the only model on the server with the given capability. */
    public ModelName choose(CliContext context, Session session, String capability) {
        return model != null ? model : chooseUnnamed(context, session, capability);
    }

    /** Returns the model of the environment, else the only model on the server with the given capability. */
    public static ModelName chooseUnnamed(CliContext context, Session session, String capability) {
        ModelName configured = ofEnvironment(context);
        return configured == null ? onlyModel(context, session, capability) : configured;
    }

    private static @Nullable ModelName ofEnvironment(CliContext context) {
        String configured = context.environment().getOrDefault(VARIABLE, "");
        return configured.isEmpty() ? null : OptionConverters.modelName(configured);
    }

    private static ModelName onlyModel(CliContext context, Session session, String capability) {
        List<String> candidates = session.models().models(session.newCall()).stream()
                .filter(each -> hasCapability(each, capability))
                .map(ModelSummary::name)
                .toList();
        if (candidates.isEmpty()) {
            throw new UsageException("the server has no suitable model; download one with 'paddock pull NAME'");
        }
        if (candidates.size() > 1) {
            throw new UsageException("which model? Name one with --model or " + VARIABLE + ": " + list(candidates));
        }
        context.terminal().note("Using " + candidates.getFirst() + ", the only model on the server with this capability.");
        return new ModelName(candidates.getFirst());
    }

    // Old servers do not list capabilities.
    private static boolean hasCapability(ModelSummary each, String capability) {
        return each.capabilities().isEmpty() || each.capabilities().contains(capability);
    }

    private static String list(List<String> names) {
        String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        return names.size() > NAMES_SHOWN ? shown + ", ..." : shown;
    }

    /** The model of a command about one model: an argument or the usual option. */
    public static final class ModelArgument {

        @Parameters(paramLabel = "NAME", arity = "0..1", description = "The model.")
        private @Nullable ModelName argument;

        @Mixin private final ModelOption option = new ModelOption();

        /** Returns the model. */
        public ModelName required() {
            ModelName name = argument != null ? argument : option.model();
            if (name == null) {
                throw new UsageException("which model? Name it as an argument");
            }
            return name;
        }
    }
}
