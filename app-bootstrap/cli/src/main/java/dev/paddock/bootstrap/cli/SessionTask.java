package dev.paddock.bootstrap.cli;

/**
 * What a command does with a session.
 *
 * @param <T> the type of what comes of it
 */
@FunctionalInterface
interface SessionTask<T> {

    T run(ActiveSession session);
}
