package dev.paddock.domain.exchange;

import java.util.Locale;

/** What a server is asked to do; a bounded label for metrics. */
public enum Operation {
    CHAT(OperationClass.GENERATE),
    GENERATE(OperationClass.GENERATE),
    EMBED(OperationClass.EMBED),
    LIST_MODELS(OperationClass.READ),
    RUNNING_MODELS(OperationClass.READ),
    SHOW_MODEL(OperationClass.READ),
    VERSION(OperationClass.READ),
    PULL_MODEL(OperationClass.MANAGE),
    /** Anything that Paddock passes on without knowing it; it may change the server. */
    OTHER(OperationClass.MANAGE);

    private final OperationClass operationClass;

    Operation(OperationClass operationClass) {
        this.operationClass = operationClass;
    }

    /** Returns how this operation may be treated when an attempt fails. */
    public OperationClass operationClass() {
        return operationClass;
    }

    /** Returns the name as it appears in metrics, for example {@code list_models}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
