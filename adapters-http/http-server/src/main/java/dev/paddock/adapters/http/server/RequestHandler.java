package dev.paddock.adapters.http.server;

import org.jspecify.annotations.Nullable;

/** What answers the requests of a server. Implementations are thread-safe. */
public interface RequestHandler {

    /**
     * Looks at a head before anything of the body is read or asked for, and refuses it if need be. Runs on the thread
     * of the connection and must not block.
     *
     * @return the refusal, after which the connection is closed unless the request has no body; null lets it in
     */
    @Nullable ServerResponse refuse(RequestHead head);

    /**
     * Tells whether the body of a request that was let in may be too large for memory. Such a body waits in a file, and its
     * client may take any time for it as long as it is not slow. Runs on the thread of the connection and must not block.
     */
    default boolean isUpload(RequestHead head) {
        return false;
    }

    /**
     * Words the refusal of a request that the server itself does not accept: its framing is wrong, or it exceeds a
     * limit. Runs on the thread of the connection and must not block.
     *
     * @param status the status that says what is wrong, for example 400, 408, 413, 414, 431, 501, 505 or 507
     * @param reason why, in a sentence that holds nothing the client sent
     * @param path the path of the request if that much was understood, or null
     * @param client the address the connection comes from, without the port
     */
    ServerResponse renderRefusal(int status, String reason, @Nullable String path, String client);

    /**
     * Answers a request by way of the responder, exactly once. Runs on a virtual thread of its own and may block.
     * When it returns without having ended the answer, or throws, the server ends the connection so that the client
     * sees that the answer is not whole.
     */
    void handle(ServerRequest request, Responder responder);
}
