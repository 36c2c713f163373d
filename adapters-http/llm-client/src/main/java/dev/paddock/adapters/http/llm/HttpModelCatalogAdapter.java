package dev.paddock.adapters.http.llm;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.CatalogCodec;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.adapters.http.wire.TypedRequest;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.catalog.ModelDetails;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.catalog.RunningModel;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.ModelCatalogPort;
import java.util.List;

/**
 * Asks a server about its models, in the server's dialect; a request that the dialect does not have is refused with an
 * {@link dev.paddock.domain.error.InvalidRequestException}. Holds no connection and no thread; thread-safe.
 */
public final class HttpModelCatalogAdapter implements ModelCatalogPort {

    private static final ExchangeStream.ChunkView<PullProgress> REPORTS = new ExchangeStream.ChunkView<>(report -> "", PullProgress::isSuccess);

    private final ExchangeCaller caller;
    private final CatalogCodec codec;

    /** Creates the adapter for servers that are reached by the given port and speak the given dialect. */
    public HttpModelCatalogAdapter(ExchangePort exchanges, Dialect dialect) {
        this.caller = new ExchangeCaller(requireNonNull(exchanges, "exchanges"));
        this.codec = requireNonNull(dialect, "dialect").catalog();
    }

    @Override
    public List<ModelSummary> models(CallContext context) {
        return ask(codec.models(), context);
    }

    @Override
    public List<RunningModel> runningModels(CallContext context) {
        return ask(codec.runningModels(), context);
    }

    @Override
    public ModelDetails show(ModelName model, CallContext context) {
        return ask(codec.show(model), context);
    }

    @Override
    public ResponseStream<PullProgress> pull(ModelName model, CallContext context) {
        return new ExchangeStream<>(caller.open(codec.pull(model), context), codec.pullProgressDecoder(), REPORTS);
    }

    @Override
    public void delete(ModelName model, CallContext context) {
        caller.run(codec.delete(model), context);
    }

    @Override
    public void copy(ModelName source, ModelName destination, CallContext context) {
        caller.run(codec.copy(source, destination), context);
    }

    @Override
    public String version(CallContext context) {
        return ask(codec.version(), context);
    }

    private <A> A ask(TypedRequest<A> query, CallContext context) {
        return caller.call(query.request(), context, query.decoder());
    }
}
