package dev.paddock.adapters.http.wire;

import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.catalog.ModelDetails;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.catalog.RunningModel;
import java.util.List;

/**
 * Translates requests about the models of a server. Stateless and thread-safe.
 *
 * <p>Every method that makes a request throws {@link dev.paddock.domain.error.InvalidRequestException} when the dialect
 * has none of that kind.
 */
public interface CatalogCodec {

    /** Returns the query for all models. */
    TypedRequest<List<ModelSummary>> models();

    /** Returns the query for the models that are loaded. */
    TypedRequest<List<RunningModel>> runningModels();

    /** Returns the query for one model. */
    TypedRequest<ModelDetails> show(ModelName model);

    /** Returns the query for the version of the server. */
    TypedRequest<String> version();

    /** Returns the request to download a model. */
    ExchangeRequest pull(ModelName model);

    /** Returns the request to delete a model; the answer has no content. */
    ExchangeRequest delete(ModelName model);

    /** Returns the request to give a model a second name; the answer has no content. */
    ExchangeRequest copy(ModelName source, ModelName destination);

    /** Returns a decoder at the start of the reports on a download. */
    ChunkDecoder<PullProgress> pullProgressDecoder();
}
