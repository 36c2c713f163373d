package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.catalog.ModelSummary;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides which model is asked: the one that was named, or else the only one that can do what is wanted. */
final class ModelChoice {

    /** The variable that names the model for commands without {@code --model}. */
    static final String VARIABLE = "PADDOCK_MODEL";

    /** The capability of models that write. */
    static final String COMPLETION = "completion";

    /** The capability of models that turn texts into vectors. */
    static final String EMBEDDING = "embedding";

    private static final int NAMES_SHOWN = 8;

    private final CliContext context;
    private final String capability;

    /** Creates the choice among models with the given capability. */
    ModelChoice(CliContext context, String capability) {
        this.context = requireNonNull(context, "context");
        this.capability = requireNonNull(capability, "capability");
    }

    ModelName choose(ActiveSession session, ModelOption option) {
        ModelName named = named(option);
        return named != null ? named : onlyOne(session);
    }

    private @Nullable ModelName named(ModelOption option) {
        String configured = context.environment().getOrDefault(VARIABLE, "");
        if (option.model() != null || configured.isEmpty()) {
            return option.model();
        }
        return new ModelNameConverter().convert(configured);
    }

    private ModelName onlyOne(ActiveSession session) {
        List<String> candidates = session.models().models(session.newCall()).stream()
                .filter(this::isCandidate)
                .map(ModelSummary::name)
                .toList();
        if (candidates.isEmpty()) {
            throw new UsageException("the server has no model for this; get one with 'paddock pull NAME'");
        }
        if (candidates.size() > 1) {
            throw new UsageException("which model? Name one with --model or " + VARIABLE + ": " + listed(candidates));
        }
        context.terminal().note("Using " + candidates.getFirst() + ", the only model on the server for this.");
        return new ModelName(candidates.getFirst());
    }

    // Servers that are too old do not say what a model can do.
    private boolean isCandidate(ModelSummary model) {
        return model.capabilities().isEmpty() || model.capabilities().contains(capability);
    }

    private static String listed(List<String> names) {
        String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        return names.size() > NAMES_SHOWN ? shown + ", ..." : shown;
    }
}
