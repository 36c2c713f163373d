package dev.paddock.domain.documents;

/** Why documents cannot be searched or changed, a bounded label. */
public enum DocumentFailure {
    /** Another process uses the index. */
    INDEX_IN_USE,
    /** The index or the folder cannot be read or written. */
    NOT_ACCESSIBLE,
    /** The document cannot be read: its format is unknown, it is damaged, encrypted or too large. */
    UNREADABLE_DOCUMENT,
    /** There is no document with the name. */
    NOT_FOUND,
    /** The index was closed. */
    CLOSED
}
