package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.OllamaErrors;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.OperationClass;

/** Whether an attempt may be made again that was answered with an error status. The text of the answer is looked at, too. */
final class AnswerRetryRules {

    private AnswerRetryRules() {}

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
            case 400 -> operation == OperationClass.EMBED && OllamaErrors.isRunnerCrash(Operation.EMBED, text)
                    ? RetryRule.RETRY
                    : RetryRule.FINAL;
            case 408, 421, 425 -> RetryRule.RETRY_ONCE;
            case 500 -> OllamaErrors.isClientError(text) ? RetryRule.NOT_RETRYABLE : RetryRule.RETRY;
            case 429, 502, 503, 504 -> RetryRule.RETRY;
            default -> RetryRule.FINAL;
        };
        if (rule == RetryRule.FINAL || rule == RetryRule.NOT_RETRYABLE) {
            return rule;
        }
        if (operation == OperationClass.MANAGE) {
            return RetryRule.NOT_SAFE;
        }
        // What SDKs of OpenAI obey, and what gateways say by it.
        return "false".equalsIgnoreCase(head.headers().first("x-should-retry")) ? RetryRule.NOT_RETRYABLE : rule;
    }
}
