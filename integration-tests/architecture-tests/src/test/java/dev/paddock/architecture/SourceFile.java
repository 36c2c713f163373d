package dev.paddock.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of Java source.
 *
 * @param path where it is
 * @param text all of it
 */
record SourceFile(Path path, String text) {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*"
                    + "|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'",
            Pattern.DOTALL);

    static SourceFile read(Path path) {
        try {
            return new SourceFile(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the files below a directory, none if there is no such directory. */
    static List<SourceFile> below(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .map(SourceFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the files of every module, in the source directory that the given function names. */
    static List<SourceFile> ofModules(Function<MavenReactor.Module, Path> directory) {
        return MavenReactor.modules().stream()
                .map(directory)
                .flatMap(sources -> below(sources).stream())
                .toList();
    }

    String fileName() {
        return path.getFileName().toString();
    }

    String typeName() {
        return fileName().replace(".java", "");
    }

    String qualifiedTypeName() {
        Matcher matcher = PACKAGE.matcher(text);
        return matcher.find() ? matcher.group(1) + "." + typeName() : typeName();
    }

    /** Returns the text without comments and literals. */
    String code() {
        return COMMENT_OR_LITERAL.matcher(text).replaceAll(" ");
    }

    long lines() {
        return text.lines().count();
    }

    /** Returns the file of the given name in the same directory. */
    Path sibling(String name) {
        return path.resolveSibling(name);
    }
}
