package dev.paddock.bootstrap;

import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.bootstrap.config.DialectName;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an application brings to its clients. Immutable.
 *
 * @param metrics receives the measurements, or null for a registry of Paddock
 * @param moreMetrics receive the measurements, too
 * @param dialect the API of the server, or null for the one that the settings name
 * @param embeddings makes the vectors of a semantic cache, or null for the embedding model of the server
 * @param decorators policies besides those of Paddock
 */
record OwnParts(
        @Nullable MetricsPort metrics,
        List<MetricsPort> moreMetrics,
        @Nullable Dialect dialect,
        @Nullable EmbeddingSourcePort embeddings,
        List<ExchangeDecorator> decorators) {

    OwnParts {
        moreMetrics = List.copyOf(moreMetrics);
        decorators = List.copyOf(decorators);
    }

    /** Returns the dialect of typed calls: that of the servers if they have one in common, else that of the settings. */
    Dialect dialectFor(PaddockSettings settings) {
        List<DialectName> names =
                settings.backends().list().stream().map(backend -> backend.server().dialect()).distinct().toList();
        return dialectFor(names.size() == 1 ? names.getFirst() : settings.server().dialect());
    }

    Dialect dialectFor(DialectName name) {
        if (dialect != null) {
            return dialect;
        }
        return switch (name) {
            case OLLAMA -> new OllamaDialect();
            case OPENAI -> new OpenAiDialect();
        };
    }
}
