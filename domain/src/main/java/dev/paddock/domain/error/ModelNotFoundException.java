package dev.paddock.domain.error;

import static java.util.Objects.requireNonNull;

/** The server does not have the model that was asked for (404). */
public final class ModelNotFoundException extends LlmException {

    private static final long serialVersionUID = 1L;

    private final String model;

    /** Creates the failure for a model, by the name that the caller used. */
    public ModelNotFoundException(String model, String message, ErrorFacts facts) {
        super(ErrorKind.MODEL_NOT_FOUND, message, facts, null);
        this.model = requireNonNull(model, "model");
    }

    /** Returns the name of the missing model as the caller wrote it. */
    public String model() {
        return model;
    }

    @Override
    public String advice() {
        return "Get the model with 'ollama pull " + model + "'.";
    }
}
