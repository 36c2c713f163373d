package dev.paddock.adapters.http.spi.support;

import dev.paddock.adapters.http.spi.TransportFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A proxy was reached, and does not lead to the server. The message never contains text of the proxy. */
public final class ProxyFailureException extends IOException {

    /** The status of a proxy that wants credentials, or other ones. */
    public static final int AUTHENTICATION_REQUIRED = 407;

    private static final long serialVersionUID = 1L;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;

    private final TransportFailure failure;

    private ProxyFailureException(TransportFailure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /**
     * Returns the failure of a proxy that answers with a status. One that refuses will refuse again; one that cannot reach the server may
     * reach it later.
     *
     * @param hasCredentials whether the proxy was given credentials
     */
    public static ProxyFailureException answered(int status, boolean hasCredentials) {
        if (status == AUTHENTICATION_REQUIRED) {
            String reason = hasCredentials ? "the proxy does not accept the credentials" : "the proxy asks for credentials, and none are set";
            return new ProxyFailureException(TransportFailure.PROXY_REFUSED, reason + " (status 407)", null);
        }
        boolean mayPass = status >= FIRST_SERVER_ERROR || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
        return mayPass
                ? new ProxyFailureException(
                        TransportFailure.PROXY_FAILED, "the proxy cannot connect to the server (status " + status + ")", null)
                : new ProxyFailureException(
                        TransportFailure.PROXY_REFUSED, "the proxy refuses to connect to the server (status " + status + ")", null);
    }

    /** Returns the failure of a proxy that closes or resets the connection instead of opening a tunnel. */
    public static ProxyFailureException closed(IOException cause) {
        return new ProxyFailureException(TransportFailure.PROXY_FAILED, "the proxy closed the connection instead of opening a tunnel", cause);
    }

    /** Returns the failure of a proxy whose answer breaks HTTP: it may be no proxy. */
    public static ProxyFailureException malformed(IOException cause) {
        return new ProxyFailureException(TransportFailure.PROXY_FAILED, "the answer of the proxy is no valid HTTP", cause);
    }

    /** Returns the kind of failure. */
    public TransportFailure failure() {
        return failure;
    }

    /** Returns the failure of a proxy that is an exception or one of its causes; null when there is none. */
    static @Nullable ProxyFailureException in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProxyFailureException ofProxy) {
                return ofProxy;
            }
        }
        return null;
    }
}
