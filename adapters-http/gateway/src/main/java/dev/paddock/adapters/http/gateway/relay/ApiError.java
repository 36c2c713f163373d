package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.wire.json.ReportedError;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error that the gateway reports to a client in the format of its API.
 *
 * @param status the HTTP status, 400 to 599, also for an error inside a response
 * @param message one sentence that contains no prompts, no keys and not the address of the server
 * @param requestId the id of the request, which some APIs have in the body
 * @param reported the error of the model server, whose fields are kept, or null when the error is the gateway's own
 */
public record ApiError(int status, String message, String requestId, @Nullable ReportedError reported) {

    /** Creates an error of the gateway itself. */
    public ApiError(int status, String message, String requestId) {
        this(status, message, requestId, null);
    }

    /** Returns a response with this error and further headers. */
    public ServerResponse toResponse(Protocol protocol, Headers more) {
        List<Header> fields = new ArrayList<>(more.fields());
        fields.addFirst(new Header("Content-Type", protocol.mediaType()));
        return new ServerResponse(status, new Headers(fields), protocol.document(this));
    }
}
