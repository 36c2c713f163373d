package dev.paddock.adapters.http.spi.support;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.domain.exchange.CallPhase;
import org.jspecify.annotations.Nullable;

/** What happened, in more words than a failure has. */
final class FailureDescription {

    private FailureDescription() {}

    /**
     * Returns the description, or null when there is nothing to add.
     *
     * @param violation what is wrong with the response, or null when that is unknown
     */
    static @Nullable String of(
            TransportFailure failure, Throwable cause, @Nullable HttpViolation violation, CallPhase phase, boolean throughProxy) {
        return switch (failure) {
            case MALFORMED -> violation == null ? null : violation.description();
            case TLS_FAILED -> TlsProblem.description(cause);
            case PROXY_REFUSED, PROXY_FAILED -> String.valueOf(requireNonNull(ProxyFailureException.in(cause)).getMessage());
            // A proxy that answers with a page instead of a tunnel may show as silence.
            case TIMEOUT -> throughProxy && (phase == CallPhase.CONNECT || phase == CallPhase.TLS)
                    ? failure.description() + " while " + phase.description() + " through the proxy"
                    : null;
            default -> null;
        };
    }
}
