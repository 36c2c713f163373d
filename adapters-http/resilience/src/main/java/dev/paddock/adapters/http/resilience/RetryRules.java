package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.domain.exchange.RetryAfter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What may follow the attempts of one request. Immutable. */
final class RetryRules {

    private static final int COST = 1;
    /** An attempt that ran out of time has kept the server busy for long. */
    private static final int COST_AFTER_TIMEOUT = 2;

    private final FailureRules failures;
    private final GenerationReplay replay;
    private final OperationClass operation;

    RetryRules(ExchangeRequest request, GenerationReplay replay) {
        this.failures = new FailureRules(replay);
        this.replay = replay;
        this.operation = operationClass(request);
    }

    Verdict verdict(AttemptResult result) {
        return switch (result) {
            case AttemptResult.Answered(ReadAheadExchange exchange) ->
                new Verdict(
                        afterAnswer(exchange),
                        COST,
                        RetryAfter.of(exchange.head().headers()));
            case AttemptResult.Failed failed ->
                new Verdict(
                        failures.ruleFor(operation, failed.failure()),
                        failed.failure().kind() == ErrorKind.TIMEOUT ? COST_AFTER_TIMEOUT : COST,
                        null);
        };
    }

    boolean metStaleConnection(AttemptResult result) {
        return result instanceof AttemptResult.Failed failed && failures.metStaleConnection(operation, failed.failure());
    }

    /** A server that answers with a failure may have generated, and charged for it, before it failed. */
    private RetryRule afterAnswer(ReadAheadExchange exchange) {
        RetryRule rule = AnswerRules.ruleFor(operation, exchange.head(), exchange.refusal());
        boolean mayHaveGenerated =
                switch (exchange.head().status()) {
                    case 500, 502, 504 -> operation == OperationClass.GENERATE;
                    default -> false;
                };
        return rule == RetryRule.REPEAT && mayHaveGenerated && replay != GenerationReplay.ALWAYS
                ? RetryRule.NOT_SAFE
                : rule;
    }

    /** Only what asks or computes comes as GET or POST; any other method changes the server, whatever it is called. */
    private static OperationClass operationClass(ExchangeRequest request) {
        return switch (request.method()) {
            case "GET", "HEAD", "POST" -> request.operation().operationClass();
            default -> OperationClass.MANAGE;
        };
    }

    /**
     * What the attempt tells about another one.
     *
     * @param rule whether it may follow
     * @param cost what it costs of the budget
     * @param askedWait how long the server asks to wait, or null when it does not say
     */
    record Verdict(RetryRule rule, int cost, @Nullable Duration askedWait) {}
}
