package dev.paddock.adapters.http.server;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** The path of a request that is refused, so that the refusal can be worded for those who use that path. */
final class RequestPath {

    private RequestPath() {}

    /** Returns the path of what was decoded, or null if it is no head, or one without a correct path. */
    static @Nullable String of(@Nullable Object decoded) {
        // A full request stands for one whose first line was not understood: only that the decoder makes up itself.
        if (!(decoded instanceof HttpRequest request) || decoded instanceof FullHttpRequest) {
            return null;
        }
        if (!request.uri().startsWith("/")) {
            return null;
        }
        try {
            String target = TargetRules.originForm(request.uri(), "");
            int query = target.indexOf('?');
            return query < 0 ? target : target.substring(0, query);
        } catch (RefusedRequestException refused) {
            return null;
        }
    }
}
