package dev.paddock.domain.reuse;

/** The form in which a request asks for its answer. The fingerprint does not depend on it. */
public enum AnswerShape {
    /** One document. */
    WHOLE,
    /** Piece by piece, as lines or events. */
    STREAM,
    /** Piece by piece, with a last piece that has the counts of tokens ({@code stream_options.include_usage}). */
    STREAM_WITH_USAGE
}
