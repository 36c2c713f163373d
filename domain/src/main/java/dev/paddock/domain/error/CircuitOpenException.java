package dev.paddock.domain.error;

/**
 * The circuit to the server, or to one model on it, is open: it failed too often a moment ago, so nothing was sent.
 * {@link ErrorFacts#retryAfter()} is the time until the circuit lets a call pass.
 */
public final class CircuitOpenException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what is known: the backend, and the wait after which the server is tried again. */
    public CircuitOpenException(ErrorFacts facts) {
        super(
                ErrorKind.CIRCUIT_OPEN,
                "the circuit to " + facts.backendInWords() + " is open: it failed too often",
                facts,
                null);
    }

    /** Creates the failure of a circuit to one model only: other models of the server may answer. */
    public CircuitOpenException(String model, ErrorFacts facts) {
        super(
                ErrorKind.CIRCUIT_OPEN,
                "the circuit to the model '" + model + "' of " + facts.backendInWords() + " is open: it failed too often",
                facts,
                null);
    }
}
