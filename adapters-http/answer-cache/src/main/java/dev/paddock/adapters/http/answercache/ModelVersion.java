package dev.paddock.adapters.http.answercache;

/**
 * What stands behind the name of a model at a moment.
 *
 * @param text the digest, or the number of known changes for servers without digests
 * @param changes how many changes of models had begun or ended
 */
public record ModelVersion(String text, long changes) {}
