package dev.paddock.domain.exchange;

/** How an operation may be treated when an attempt fails. */
public enum OperationClass {
    /** Asks and changes nothing. */
    READ,
    /** Computes and changes nothing; doing it twice costs time only. */
    EMBED,
    /** Generates: doing it twice costs much and gives two answers. */
    GENERATE,
    /** Changes the server. */
    MANAGE;

    /** Returns whether the server runs a model for it. */
    public boolean runsModel() {
        return this == EMBED || this == GENERATE;
    }
}
