package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.telemetry.AnswerFacts;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The result of relaying a request.
 *
 * @param outcome a bounded label: {@link #OK}, {@link #CLIENT_GONE}, that of an
 *     {@link dev.paddock.domain.exchange.AnswerVerdict} or that of an {@link dev.paddock.domain.error.ErrorKind}
 * @param model the model that the request names, or null when it names none that is plausible
 * @param attempts how many attempts were made, 0 when the request never left the process
 * @param provenance how the answer came about, or null when there was none
 * @param tokens the tokens that the model server counted
 */
public record RelayReport(
        String outcome, @Nullable String model, int attempts, @Nullable Provenance provenance, AnswerFacts.Tokens tokens) {

    /** The outcome of a request that was answered with a status of success, to the end. */
    public static final String OK = "ok";

    /** The outcome of a request whose client left before the end of the answer. */
    public static final String CLIENT_GONE = "client_gone";

    /** The outcome of a request that failed because of a defect in the gateway. */
    public static final String DEFECT = "defect";

    /** Returns every outcome that there is. */
    public static Set<String> outcomes() {
        Set<String> outcomes = new TreeSet<>(Set.of(OK, CLIENT_GONE, DEFECT));
        Stream.of(ErrorKind.values()).map(ErrorKind::label).forEach(outcomes::add);
        Stream.of(AnswerVerdict.values()).map(AnswerVerdict::label).forEach(outcomes::add);
        return outcomes;
    }

    /** Returns the report of a request that was not sent to a model server. */
    public static RelayReport of(String outcome) {
        return new RelayReport(outcome, null, 0, null, AnswerFacts.Tokens.UNKNOWN);
    }
}
