package dev.paddock.bootstrap.bench;

/**
 * How far a load is.
 *
 * @param ended how many requests have an outcome
 * @param failed how many of them failed
 * @param requests how many there are to be
 * @param counted whether they are those that are measured, and not those before them
 */
public record Progress(int ended, int failed, int requests, boolean counted) {}
