package dev.paddock.bootstrap;

import dev.paddock.domain.error.AuthenticationException;
import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.ModelNotFoundException;
import dev.paddock.domain.error.OverloadedException;
import dev.paddock.domain.error.PoolExhaustedException;
import dev.paddock.domain.exchange.CallPhase;
import java.util.Objects;

/** What a user can do about a failed call, with the names of the settings, variables and options that matter. */
public final class FailureAdvice {

    private FailureAdvice() {}

    /** Returns the advice in a sentence or two; empty when there is nothing to do. */
    public static String of(LlmException failure) {
        return switch (failure) {
            case AuthenticationException refused when Objects.equals(refused.facts().status(), 403) ->
                "Whoever runs the server can allow this: the host name, the origin, and what the key (OLLAMA_API_KEY) may do.";
            case AuthenticationException refused -> "Check OLLAMA_API_KEY.";
            case BackendUnavailableException unavailable when unavailable.facts().phase() == CallPhase.TLS ->
                "Does the server speak TLS? If not, write http:// instead of https://. If it does, is its certificate trusted "
                        + "(paddock.tls.trust), and does the server ask for one (paddock.tls.certificate)?";
            case BackendUnavailableException unavailable when unavailable.hop() == BackendUnavailableException.Hop.REFUSING_PROXY ->
                "Check paddock.proxy.user and paddock.proxy.password, and whether the proxy allows this server. Servers of "
                        + "paddock.proxy.no-proxy are reached without it.";
            case BackendUnavailableException unavailable when unavailable.hop() == BackendUnavailableException.Hop.PROXY ->
                "Is the proxy running, does it reach the server, and is paddock.proxy.url right? Servers of paddock.proxy.no-proxy are "
                        + "reached without it.";
            case BackendUnavailableException unavailable when unavailable.isUnknownHost() ->
                "Is the host name in the base URL right (OLLAMA_BASE_URL, --base-url)? No address is known for it.";
            case BackendUnavailableException unavailable ->
                "Is the server running ('ollama serve'), and is the base URL right (OLLAMA_BASE_URL, --base-url)?";
            case ModelNotFoundException missing ->
                "Get the model with 'ollama pull " + missing.model() + "' or './paddock pull " + missing.model() + "'.";
            case PoolExhaustedException full ->
                "Raise the limit with OLLAMA_POOL_MAXSIZE (paddock.pool.connections-per-host), or wait for a free connection with "
                        + "OLLAMA_POOL_BLOCK=true (paddock.pool.when-full = wait).";
            case OverloadedException overloaded ->
                failure.advice() + " paddock.admission.requests and paddock.admission.bytes limit the queue, paddock.admission.slots the "
                        + "calls in progress.";
            case LlmTimeoutException timeout -> timeout.advice() + setting(timeout.phase());
            default -> failure.advice();
        };
    }

    private static String setting(CallPhase phase) {
        return switch (phase) {
            case LEASE -> " OLLAMA_POOL_MAXSIZE sets the limit of connections.";
            case CONNECT -> " OLLAMA_CONNECT_TIMEOUT sets this timeout.";
            case TLS -> " paddock.timeouts.tls sets this timeout.";
            case SEND -> " paddock.timeouts.send sets this timeout.";
            case HEAD, BODY -> " OLLAMA_READ_TIMEOUT sets this timeout.";
            case CALL -> "";
        };
    }
}
