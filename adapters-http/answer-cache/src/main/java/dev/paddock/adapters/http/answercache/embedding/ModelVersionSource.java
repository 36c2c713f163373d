package dev.paddock.adapters.http.answercache.embedding;

import dev.paddock.adapters.http.answercache.ModelVersion;
import dev.paddock.adapters.http.answercache.ModelVersions;
import dev.paddock.domain.exchange.CallContext;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Tells which version of a model a server has. Implementations are thread-safe. */
@FunctionalInterface
interface ModelVersionSource {

    /** Returns the source of a server's versions. */
    static ModelVersionSource of(ModelVersions versions) {
        return (model, context) -> {
            ModelVersion version = versions.of(model, context);
            return version == null ? null : new KnownVersion(version.text(), () -> versions.isCurrent(version));
        };
    }

    /**
     * Returns the present version of a model, or null when it is not known or just now changing. It waits a short time at most.
     *
     * @param model the name of the model, as in a request
     * @param context the call, which may end the wait
     */
    @Nullable KnownVersion versionOf(String model, CallContext context);

    /**
     * What stands behind the name of a model at a moment.
     *
     * @param text the digest, or what else changes with the model
     * @param isCurrent whether no change of models has begun or ended since; returns at once
     */
    record KnownVersion(String text, BooleanSupplier isCurrent) {}
}
