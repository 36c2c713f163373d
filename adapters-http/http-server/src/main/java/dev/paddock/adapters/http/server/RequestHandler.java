package dev.paddock.adapters.http.server;

import org.jspecify.annotations.Nullable;

/** Decides which requests a server accepts, and how they are answered. Implementations are thread-safe. */
public interface RequestHandler {

    /**
     * Decides about a request from its head, before the server reads its body or asks for it with status 100. Runs on the thread of
     * the connection and must not block.
     *
     * @return an {@link AcceptedRequest}, or the response of a refused request. The connection is then closed if the request has a body,
     *     or if the response {@linkplain ServerResponse#asLast() is the last}
     */
    RequestDecision decide(RequestHead head);

    /**
     * Renders the refusal of a request that the server itself does not accept before {@link #decide} has accepted it: its framing is
     * wrong, or it exceeds a limit. Runs on the thread of the connection and must not block.
     *
     * @param status the status, for example 400, 408, 414, 431, 501 or 505
     * @param reason one sentence that contains nothing that the client sent
     * @param path the path of the request, or its beginning as received, or null if none has arrived
     * @param client the remote address of the connection, without the port
     */
    ServerResponse renderRefusal(int status, String reason, @Nullable String path, String client);

    /**
     * Returns whether a path may contain {@code %2F}, which servers read in two ways; false by default. Dot segments are refused in either
     * reading.
     */
    default boolean allowsEncodedSlash(String method, String path) {
        return false;
    }

    /** Returns whether a request may have an empty Host, or none in HTTP/1.0, as simple health checks do; false by default. */
    default boolean allowsMissingHost(String method, String path) {
        return false;
    }
}
