package dev.paddock.domain.reuse.semantic;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.reuse.RequestFingerprint;

/**
 * The last turn of the user, apart from everything else in its request.
 *
 * @param rest the hash of the request without that turn: parameters, system prompt, tools, all earlier turns
 * @param text what the user says
 */
public record Question(RequestFingerprint rest, String text) {

    public Question {
        requireNonNull(rest, "rest");
        requireNonNull(text, "text");
    }

    /** Returns the hash and the length of the text, which is not shown. */
    @Override
    public String toString() {
        return "question of " + text.length() + " characters in " + rest;
    }
}
