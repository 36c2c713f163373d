package dev.paddock.architecture;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * A rule about what the compiler does not keep: files, comments, tests.
 *
 * @param isKept whether a file keeps the rule
 * @param reason why there is such a rule
 */
record SourceRule(Predicate<SourceFile> isKept, String reason) {

    /** Returns the files that break the rule. */
    List<Path> violations(List<SourceFile> files) {
        return files.stream().filter(isKept.negate()).map(SourceFile::path).toList();
    }
}
