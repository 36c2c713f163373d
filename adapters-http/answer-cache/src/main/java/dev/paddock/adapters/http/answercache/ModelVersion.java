package dev.paddock.adapters.http.answercache;

/**
 * What stands behind the name of a model at a moment.
 *
 * @param text the digest, or the number of known changes for servers without digests
 * @param changes how many times a change of models had begun, ended, or been found in the list
 */
public record ModelVersion(String text, long changes) {}
