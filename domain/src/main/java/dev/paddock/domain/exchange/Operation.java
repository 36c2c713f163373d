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
    PUSH_MODEL(OperationClass.MANAGE),
    CREATE_MODEL(OperationClass.MANAGE),
    COPY_MODEL(OperationClass.MANAGE),
    DELETE_MODEL(OperationClass.MANAGE),
    /** Asks for, or hands over, a part of a model. */
    TRANSFER_BLOB(OperationClass.MANAGE),
    /**
     * A request that Paddock relays without knowing it; it may change the server, and only the end of the body ends its answer.
     */
    OTHER(OperationClass.MANAGE);

    private final OperationClass operationClass;
    private final String label = name().toLowerCase(Locale.ROOT);

    Operation(OperationClass operationClass) {
        this.operationClass = operationClass;
    }

    /** Returns how this operation may be treated when an attempt fails. */
    public OperationClass operationClass() {
        return operationClass;
    }

    /** Returns the name as it appears in metrics, for example {@code list_models}. */
    public String label() {
        return label;
    }
}
