package dev.paddock.adapters.http.bridge;

import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;

/** A failure of a call, for libraries that expect failures of connections. Its cause is the failure. */
public final class CallFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private CallFailedException(LlmException failure) {
        super(failure.getMessage(), failure);
    }

    /**
     * Returns the exception that libraries know for a failure: {@link SocketTimeoutException} for a time limit, {@link ConnectException} for
     * a server that cannot be reached, else a {@link CallFailedException}.
     */
    public static IOException of(LlmException failure) {
        IOException known = switch (failure) {
            case LlmTimeoutException timeout -> new SocketTimeoutException(timeout.getMessage());
            case BackendUnavailableException unavailable -> new ConnectException(unavailable.getMessage());
            default -> null;
        };
        if (known == null) {
            return new CallFailedException(failure);
        }
        known.initCause(failure);
        return known;
    }
}
