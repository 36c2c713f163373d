package dev.paddock.ports.llm;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.catalog.ModelDetails;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.catalog.RunningModel;
import java.util.List;

/**
 * Lists the models of a server, and changes which there are.
 *
 * <p>Every method throws an {@link dev.paddock.domain.error.LlmException} when there is no complete answer. Implementations
 * and decorators are thread-safe.
 */
public interface ModelCatalogPort {

    /** Returns the models that the server has, in the server's order. */
    List<ModelSummary> models(CallContext context);

    /** Returns the models that are loaded, in the server's order. */
    List<RunningModel> runningModels(CallContext context);

    /** Returns everything the server reports about one model. */
    ModelDetails show(ModelName model, CallContext context);

    /**
     * Downloads a model to the server.
     *
     * @return the server's reports, to be closed by the caller; closing early stops the download, what has arrived is kept by
     *     the server
     */
    ResponseStream<PullProgress> pull(ModelName model, CallContext context);

    /** Deletes a model from the server. */
    void delete(ModelName model, CallContext context);

    /** Makes a model of the server known under a second name; a model that has that name already is replaced. */
    void copy(ModelName source, ModelName destination, CallContext context);

    /** Returns the version of the server. */
    String version(CallContext context);
}
