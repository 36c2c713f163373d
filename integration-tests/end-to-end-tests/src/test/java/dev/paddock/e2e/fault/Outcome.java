package dev.paddock.e2e.fault;

import java.util.Map;

/**
 * What is seen of one call.
 *
 * @param outcome {@code ok} or the failure that the caller has
 * @param text the result, or the text that the failure keeps
 * @param seen what others see
 */
record Outcome(String outcome, String text, Seen seen) {

    /** Returns this outcome in words. */
    String toText() {
        int attempts = seen.attempts();
        if (outcome.equals("ok")) {
            return attempts == 1 ? "succeeds" : "succeeds on attempt " + attempts;
        }
        return outcome + " after " + attempts + (attempts == 1 ? " attempt" : " attempts")
                + (text.isEmpty() ? "" : ", keeping '" + text + "'");
    }

    /**
     * What the server and the operator see of a call.
     *
     * @param attempts how many attempts the server saw
     * @param decisions how often another attempt was decided about, by reason
     * @param counted the outcome of the call in the metric
     * @param idle how many connections are kept for the next call
     */
    record Seen(int attempts, Map<String, Integer> decisions, String counted, int idle) {

        Seen {
            decisions = Map.copyOf(decisions);
        }
    }
}
