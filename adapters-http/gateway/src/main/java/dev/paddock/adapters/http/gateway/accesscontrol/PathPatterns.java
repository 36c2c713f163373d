package dev.paddock.adapters.http.gateway.accesscontrol;

import java.util.List;
import java.util.regex.Pattern;

/** The paths that an operator has allowed in addition. Immutable. */
final class PathPatterns {

    /** The characters of a path that all servers read in the same way: no escape, segment parameter or backslash. */
    private static final String CHARACTERS = "[/A-Za-z0-9_~!$&'()+,=:@.-]";

    private static final Pattern PATTERN = Pattern.compile("/(" + CHARACTERS + "|\\*)*");

    private final List<Pattern> patterns;

    PathPatterns(List<String> patterns) {
        this.patterns = patterns.stream().map(PathPatterns::compile).toList();
    }

    /** Returns whether a text is a pattern: a path in which {@code *} stands for any characters. */
    static boolean isPattern(String text) {
        return PATTERN.matcher(text).matches();
    }

    /** Returns whether a pattern matches a path, as received and without the query. */
    boolean match(String path) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }

    private static Pattern compile(String pattern) {
        return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E" + CHARACTERS + "*\\Q"));
    }
}
