package dev.paddock.bootstrap.bench.load;

import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of tokens, or a range from which each request gets its own number.
 *
 * @param least the least number, at least 1
 * @param most the greatest number, at least {@code least} and at most a million
 */
public record TokenRange(int least, int most) {

    private static final int LIMIT = 1_000_000;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    public TokenRange {
        if (least < 1 || most < least || most > LIMIT) {
            throw new IllegalArgumentException("a number of tokens is 1 to " + LIMIT + ", or a range such as 100-500");
        }
    }

    /** Returns the range of one number. */
    public static TokenRange of(int tokens) {
        return new TokenRange(tokens, tokens);
    }

    /**
     * Reads a number such as {@code 100} or a range such as {@code 100-500}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static TokenRange parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no number of tokens such as 100, and no range such as 100-500");
        }
        int least = Integer.parseInt(matcher.group(1));
        return new TokenRange(least, matcher.group(2) == null ? least : Integer.parseInt(matcher.group(2)));
    }

    /** Returns the number of a request: always the same for the same index, and evenly distributed over the range. */
    int at(long index) {
        return least == most ? least : new SplittableRandom(index).split().nextInt(least, most + 1);
    }

    /** Returns the range as it is written, for example {@code 100-500}. */
    @Override
    public String toString() {
        return least == most ? Integer.toString(least) : least + "-" + most;
    }
}
