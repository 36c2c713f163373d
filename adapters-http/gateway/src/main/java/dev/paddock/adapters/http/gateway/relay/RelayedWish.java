package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.adapters.http.wire.request.ModelRequestFields;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.OperationClass;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a request asks for.
 *
 * @param model the model, or null when it names none that is plausible
 * @param isStream whether it asks for a stream
 * @param isDocument whether it asks a model for a whole answer
 */
public record RelayedWish(@Nullable String model, boolean isStream, boolean isDocument) {

    static RelayedWish of(RelayedRequest relayed) {
        ApiEndpoint endpoint = relayed.endpoint();
        boolean isUpload = endpoint.operation() == Operation.TRANSFER_BLOB;
        ModelRequestFields fields = isUpload ? ModelRequestFields.NONE : ModelRequestFields.of(relayed.request().body());
        boolean streamsByDefault = endpoint.protocol() == Protocol.NATIVE;
        boolean generates = endpoint.operation().operationClass() == OperationClass.GENERATE;
        return new RelayedWish(
                fields.model(), fields.asksForStream(streamsByDefault), generates && fields.asksForDocument(streamsByDefault));
    }
}
