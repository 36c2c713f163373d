package dev.paddock.domain.exchange;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a caller decides about stored answers, with the meaning of the request directives of RFC 9111, section 5.2.1. The directives that
 * are not here have no effect.
 *
 * @param noStore neither a stored answer nor one in progress is used, and this answer is not stored
 * @param noCache neither a stored answer nor one in progress is used; this answer replaces the stored one
 * @param onlyIfCached nothing is sent to the server: without a stored answer the call fails
 * @param maxAge the highest age of a stored answer, zero or more; null for any age
 */
public record CacheControl(boolean noStore, boolean noCache, boolean onlyIfCached, @Nullable Duration maxAge) {

    /** No wish. */
    public static final CacheControl DEFAULT = new CacheControl(false, false, false, null);

    private static final String FIELD = "Cache-Control";
    private static final int LONGEST_NUMBER = 9; // more than 30 years

    public CacheControl {
        if (maxAge != null && maxAge.isNegative()) {
            throw new InvalidRequestException("the highest age of a stored answer must not be negative", ErrorFacts.NONE);
        }
    }

    /** Returns these directives with {@code no-store}. */
    public CacheControl withNoStore() {
        return new CacheControl(true, noCache, onlyIfCached, maxAge);
    }

    /** Returns these directives with {@code no-cache}. */
    public CacheControl withNoCache() {
        return new CacheControl(noStore, true, onlyIfCached, maxAge);
    }

    /** Returns these directives with {@code only-if-cached}. */
    public CacheControl withOnlyIfCached() {
        return new CacheControl(noStore, noCache, true, maxAge);
    }

    /** Returns these directives with the lower one of the given age and the present one. */
    public CacheControl withMaxAge(Duration age) {
        boolean isLower = maxAge == null || age.compareTo(maxAge) < 0;
        return new CacheControl(noStore, noCache, onlyIfCached, isLower ? age : maxAge);
    }

    /** Returns whether a stored answer of the given age may be used. */
    public boolean allowsAge(Duration age) {
        return !noStore && !noCache && (maxAge == null || age.compareTo(maxAge) <= 0);
    }

    /**
     * Reads the directives of a request. A {@code max-age} that is no number means zero, as the RFC advises. {@code Pragma: no-cache}
     * counts only without {@code Cache-Control}.
     */
    public static CacheControl of(Headers headers) {
        if (!headers.contains(FIELD)) {
            boolean pragma = headers.hasElement("Pragma", "no-cache");
            return pragma ? DEFAULT.withNoCache() : DEFAULT;
        }
        CacheControl control = DEFAULT;
        for (String element : headers.elements(FIELD)) {
            int equals = element.indexOf('=');
            String name = equals < 0 ? element : element.substring(0, equals);
            control = switch (name.strip().toLowerCase(Locale.ROOT)) {
                case "no-store" -> control.withNoStore();
                case "no-cache" -> control.withNoCache();
                case "only-if-cached" -> control.withOnlyIfCached();
                case "max-age" -> control.withMaxAge(seconds(equals < 0 ? "" : element.substring(equals + 1)));
                default -> control;
            };
        }
        return control;
    }

    private static Duration seconds(String value) {
        String digits = value.strip().replace("\"", "").replaceFirst("^0+(?=.)", ""); // some senders quote the number
        boolean isNumber = !digits.isEmpty() && digits.chars().allMatch(character -> character >= '0' && character <= '9');
        if (!isNumber) {
            return Duration.ZERO;
        }
        String shortened = digits.length() > LONGEST_NUMBER ? "9".repeat(LONGEST_NUMBER) : digits;
        return Duration.ofSeconds(Long.parseLong(shortened));
    }
}
