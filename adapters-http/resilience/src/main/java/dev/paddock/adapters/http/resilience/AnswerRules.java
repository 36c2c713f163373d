package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.OperationClass;
import java.util.List;

/** Whether an attempt may be made again that was answered with an error status. The text of the answer is looked at, too. */
final class AnswerRules {

    /** Ollama answers 500 to these, yet they are the caller's to correct. */
    private static final List<String> MISTAKES_OF_CALLER =
            List.of("must be of type", "invalid format", "failed to parse grammar");

    /** Ollama's {@code /api/embed} answers 400 to these, yet they are failures of the process that runs the model. */
    private static final List<String> FAILURES_OF_RUNNER = List.of(
            "unexpectedly stopped", "process has terminated", "EOF", "connection reset", "connection refused");

    private AnswerRules() {}

    /** Tells whether an answer with this status may be a refusal, so that its text decides. */
    static boolean mayBeRefusal(Operation operation, int status) {
        return switch (status) {
            case 400 -> operation == Operation.EMBED;
            case 408, 421, 425, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }

    /**
     * Returns the rule for an answer.
     *
     * @param operation how the operation may be treated
     * @param head the head of the answer
     * @param text the body of the answer as far as it was read; used only for statuses that may be refusals
     */
    static RetryRule ruleFor(OperationClass operation, ExchangeHead head, String text) {
        RetryRule rule = switch (head.status()) {
            case 400 -> operation == OperationClass.EMBED && isFailureOfRunner(text) ? RetryRule.REPEAT : RetryRule.FINAL;
            case 408, 421, 425 -> RetryRule.REPEAT_ONCE;
            case 500 -> isMistakeOfCaller(text) ? RetryRule.POINTLESS : RetryRule.REPEAT;
            case 429, 502, 503, 504 -> RetryRule.REPEAT;
            default -> RetryRule.FINAL;
        };
        if (rule == RetryRule.FINAL || rule == RetryRule.POINTLESS) {
            return rule;
        }
        if (operation == OperationClass.MANAGE) {
            return RetryRule.NOT_SAFE;
        }
        // What SDKs of OpenAI obey, and what gateways say by it.
        return "false".equalsIgnoreCase(head.headers().first("x-should-retry")) ? RetryRule.POINTLESS : rule;
    }

    static boolean isMistakeOfCaller(String text) {
        return MISTAKES_OF_CALLER.stream().anyMatch(text::contains);
    }

    static boolean isFailureOfRunner(String text) {
        return FAILURES_OF_RUNNER.stream().anyMatch(text::contains);
    }
}
