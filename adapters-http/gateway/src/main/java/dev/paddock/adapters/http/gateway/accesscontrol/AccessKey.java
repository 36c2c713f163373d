package dev.paddock.adapters.http.gateway.accesscontrol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An API key, and the share of its caller in the admission queue. Immutable.
 *
 * @param hash the SHA-256 hash of the key, 64 hexadecimal digits in lower case
 * @param priority the highest priority that its requests get
 * @param weight its share relative to other callers, 1 to 100
 * @param name the name of its caller in the access log and in metrics, or null when it has none: a letter, then up to 63 letters, digits or
 *     one of {@code . _ @ -}, but not {@code key-} and a number
 */
public record AccessKey(String hash, Priority priority, int weight, @Nullable String name) {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TEXT = Pattern.compile("(\\S*)(?:\\s+(interactive|batch))?(?:\\s+weight=(\\d{1,3}))?");
    private static final Pattern NAME = Pattern.compile("(?!key-\\d+$)[A-Za-z][A-Za-z0-9._@-]{0,63}");
    private static final int MOST_WEIGHT = 100;

    /**
     * Checks the values.
     *
     * @throws InvalidRequestException if one of them has a wrong form
     */
    public AccessKey {
        requireNonNull(priority, "priority");
        if (!HASH.matcher(hash).matches()) {
            throw new InvalidRequestException("the hash of a key consists of 64 hexadecimal digits", ErrorFacts.NONE);
        }
        if (weight < 1 || weight > MOST_WEIGHT) {
            throw new InvalidRequestException("the weight of a key is from 1 to 100", ErrorFacts.NONE);
        }
        if (name != null && !NAME.matcher(name).matches()) {
            throw new InvalidRequestException(
                    "the name of a key is a letter and up to 63 letters, digits, dots, hyphens, underscores or @, and is not key- and a number",
                    ErrorFacts.NONE);
        }
    }

    /** Returns the hash of a key that a client sends. */
    public static String hashOf(String key) {
        return HexFormat.of().formatHex(digest(key));
    }

    static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Creates a key without a name, with the checks of the other constructor. */
    public AccessKey(String hash, Priority priority, int weight) {
        this(hash, priority, weight, null);
    }

    /**
     * Reads a key: its hash, then {@code interactive} or {@code batch} if it has a priority, then {@code weight=} and a number if it has a
     * weight, separated by blanks.
     *
     * @throws InvalidRequestException if the text has another form
     */
    public static AccessKey parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new InvalidRequestException(
                    "after the 64 hexadecimal digits of a key come interactive or batch, and weight=1 to weight=100", ErrorFacts.NONE);
        }
        String weight = matcher.group(3);
        Priority priority = "batch".equals(matcher.group(2)) ? Priority.BATCH : Priority.INTERACTIVE;
        return new AccessKey(matcher.group(1), priority, weight == null ? 1 : Integer.parseInt(weight));
    }

    /** Returns this key with a name, with the checks of the constructor. */
    public AccessKey withName(String newName) {
        return new AccessKey(hash, priority, weight, newName);
    }

    /** Returns the name of the caller: that of the key, else {@code key-} and the index of the key in the list of all keys. */
    String caller(int index) {
        return name == null ? "key-" + index : name;
    }

    /** Returns the text that stands for the caller in all gateways that have the key, whatever its place in their lists. */
    public String tenant() {
        return "key:" + hash;
    }

    /** Returns the share without the hash. */
    @Override
    public String toString() {
        return "key " + (name == null ? "" : name + " ") + "with priority " + priority + " and weight " + weight;
    }
}
