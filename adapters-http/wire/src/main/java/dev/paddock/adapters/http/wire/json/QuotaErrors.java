package dev.paddock.adapters.http.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The errors with which servers refuse a caller until a person acts: its quota or its credit is used up, or its account is closed. They
 * come with the status 429 of a rate limit, but waiting does not help. The code or the type of the error object is decisive.
 */
public final class QuotaErrors {

    /** Labels, without separators: servers write insufficient_quota, insufficient-balance and InsufficientCredits. */
    private static final Pattern FINAL = Pattern.compile("insufficient\\w*(quota|balance|credits?|funds)\\w*|outof(quota|credits?|funds)"
            + "|exceededcurrentquota\\w*|billing\\w+|\\w*(balance|credits?)(toolow|exhausted)|paymentrequired"
            + "|usagelimit(reached|exceeded)|account(deactivated|suspended)|accessterminated");

    /** A code that some servers use for a limit per minute too; those state how long to wait. */
    private static final Pattern FINAL_WITHOUT_WAIT = Pattern.compile("quota(exceeded|exhausted)");

    private QuotaErrors() {}

    /**
     * Returns whether the body of an answer with status 429 is such an error. Never throws.
     *
     * @param hasWait whether the server states how long to wait
     */
    public static boolean isQuotaExhausted(byte[] body, boolean hasWait) {
        try {
            Object json = PlainJson.fromText(new String(body, UTF_8));
            Object first = json instanceof List<?> list && !list.isEmpty() ? list.getFirst() : json;
            return first instanceof Map<?, ?> answer && isFinal(answer, hasWait);
        } catch (IllegalArgumentException notJson) {
            return false;
        }
    }

    private static boolean isFinal(Map<?, ?> answer, boolean hasWait) {
        Map<?, ?> error = answer.get("error") instanceof Map<?, ?> inner ? inner : answer;
        return Stream.of("code", "type", "error").anyMatch(name -> isFinal(error.get(name), hasWait));
    }

    private static boolean isFinal(@Nullable Object label, boolean hasWait) {
        if (!(label instanceof String text)) {
            return false;
        }
        String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return FINAL.matcher(name).matches() || (!hasWait && FINAL_WITHOUT_WAIT.matcher(name).matches());
    }
}
