package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.ArrayList;
import java.util.List;

/** Makes the whole answers by which the gateway itself says that something is wrong. */
public final class ErrorResponses {

    private ErrorResponses() {}

    /**
     * Returns an answer in the shape that the client expects.
     *
     * @param protocol what the client speaks
     * @param status the status, 400 to 599
     * @param message one sentence, which holds nothing of prompts, keys or the address of the server
     * @param requestId the id of the request, which is part of the body where the protocol has it so
     * @param more further header fields
     */
    public static ServerResponse of(Protocol protocol, int status, String message, String requestId, Headers more) {
        return of(protocol, new ApiError(status, message, requestId), more);
    }

    /** Returns such an answer with more fields in its head. */
    static ServerResponse of(Protocol protocol, ApiError notice, Headers more) {
        List<Header> fields = new ArrayList<>(more.fields());
        fields.addFirst(new Header("Content-Type", protocol.mediaType()));
        return new ServerResponse(notice.status(), new Headers(fields), protocol.document(notice));
    }
}
