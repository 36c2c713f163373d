package dev.paddock.domain.documents;

/** Why documents cannot be searched or changed, a bounded label. */
public enum DocumentFailure {
    /** Another process uses the index. */
    INDEX_IN_USE,
    /** The index or the folder cannot be read or written. */
    NOT_ACCESSIBLE,
    /** The index has the documents of another folder. */
    OTHER_FOLDER,
    /** The documents are being read, and none was found yet. */
    NOT_READY,
    /** The document cannot be read: its format is unknown, or it is damaged, encrypted or has no text. */
    UNREADABLE_DOCUMENT,
    /** The document, or its text, is too large. */
    TOO_LARGE,
    /** Too many other documents are being read. */
    BUSY,
    /** The index was closed. */
    CLOSED
}
