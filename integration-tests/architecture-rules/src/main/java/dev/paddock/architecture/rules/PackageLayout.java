package dev.paddock.architecture.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.PackageMatcher;
import java.util.List;
import java.util.stream.Stream;

/**
 * The packages of a project, in ArchUnit's syntax: {@code com.example.domain..} is a package and all below it. Immutable.
 *
 * @param domain the vocabulary
 * @param ports the interfaces around the domain
 * @param adapters the adapters that do not see each other, one entry each
 * @param sharedByAdapters what adapters may share; part of the adapter layer
 * @param bootstrap what wires everything
 * @param unrestricted packages beside the layers, for example test kits; the layers do not use them
 * @param commandLines packages that may write to standard streams
 * @param thirdParties the libraries that may be used in some places only
 * @param content fully qualified names of types whose values are never logged
 */
record PackageLayout(
        List<String> domain,
        List<String> ports,
        List<String> adapters,
        List<String> sharedByAdapters,
        List<String> bootstrap,
        List<String> unrestricted,
        List<String> commandLines,
        List<Library> thirdParties,
        List<String> content) {

    /**
     * A library that may be used in some places only.
     *
     * @param name what it is called
     * @param packages its packages
     * @param users the own packages that may use it, empty for none
     */
    record Library(String name, List<String> packages, List<String> users) {}

    String[] core() {
        return Stream.concat(domain.stream(), ports.stream()).toArray(String[]::new);
    }

    String[] adapterLayer() {
        return Stream.concat(adapters.stream(), sharedByAdapters.stream()).toArray(String[]::new);
    }

    List<String> all() {
        return Stream.of(domain, ports, adapters, sharedByAdapters, bootstrap, unrestricted).flatMap(List::stream).toList();
    }

    /** Returns every own package that a rule names. */
    List<String> named() {
        Stream<String> users = thirdParties.stream().flatMap(library -> library.users().stream());
        return Stream.of(all().stream(), commandLines.stream(), users).flatMap(packages -> packages).distinct().toList();
    }

    static DescribedPredicate<JavaClass> in(List<String> packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages.toArray(String[]::new));
    }

    static boolean matches(String pattern, JavaClass javaClass) {
        return PackageMatcher.of(pattern).matches(javaClass.getPackageName());
    }
}
