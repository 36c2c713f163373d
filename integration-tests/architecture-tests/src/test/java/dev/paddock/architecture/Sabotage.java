package dev.paddock.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Classes that break the rules, one directory for each rule, compiled into the real packages and read together with
 * the real classes: a rule is tried on exactly what it will be used on, plus the offence.
 */
final class Sabotage {

    private static final Path DIRECTORY =
            MavenReactor.root().resolve("integration-tests/architecture-tests/src/test/sabotage");

    private final JavaClasses classes;
    private final Set<String> allOffenders;

    private Sabotage(JavaClasses classes, Set<String> allOffenders) {
        this.classes = classes;
        this.allOffenders = allOffenders;
    }

    /** Compiles what the given rules are to find, into the given directory. */
    static Sabotage compile(List<String> rules, Path output) throws IOException {
        List<SourceFile> sources = rules.stream().flatMap(rule -> files(rule).stream()).toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
            boolean compiled = compiler.getTask(
                            errors,
                            files,
                            null,
                            List.of("-proc:none", "-nowarn", "-d", output.toString()),
                            null,
                            files.getJavaFileObjectsFromPaths(sources.stream().map(SourceFile::path).toList()))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("the sabotage does not compile:\n" + errors);
            }
        }
        Set<Location> locations = new HashSet<>(Locations.ofPackage("dev.paddock"));
        locations.add(Location.of(output));
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importLocations(locations);
        return new Sabotage(classes, typeNames(sources));
    }

    /** Returns the names of the directories there are, one for each rule. */
    static List<String> directories() throws IOException {
        try (Stream<Path> entries = Files.list(DIRECTORY)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /** Returns the files that break the given rule. */
    static List<SourceFile> files(String rule) {
        return SourceFile.below(DIRECTORY.resolve(rule));
    }

    /** Returns the types of the files that break the given rule. */
    static Set<String> offenders(String rule) {
        return typeNames(files(rule));
    }

    /** Returns all main code and what breaks the given rule, without what breaks other rules. */
    JavaClasses mainCodeSabotagedAgainst(String rule) {
        Set<String> offenders = offenders(rule);
        return classes.that(DescribedPredicate.describe("main code and sabotage of " + rule, javaClass -> {
            String name = outermost(javaClass);
            return offenders.contains(name) || !allOffenders.contains(name);
        }));
    }

    private static String outermost(JavaClass javaClass) {
        int nested = javaClass.getName().indexOf('$');
        return nested < 0 ? javaClass.getName() : javaClass.getName().substring(0, nested);
    }

    private static Set<String> typeNames(List<SourceFile> files) {
        return files.stream().map(SourceFile::qualifiedTypeName).collect(Collectors.toUnmodifiableSet());
    }
}
