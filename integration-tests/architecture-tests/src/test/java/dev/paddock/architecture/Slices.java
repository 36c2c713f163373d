package dev.paddock.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.function.Function;

/** The ways in which the rules cut the code into slices. */
final class Slices {

    private Slices() {}

    /** Returns one slice for each of the given packages; other classes are in none. */
    static SliceAssignment ofPackages(String description, List<String> packages) {
        return assignment(description, javaClass -> packages.stream()
                .filter(name -> PackageMatcher.of(name).matches(javaClass.getPackageName()))
                .findFirst()
                .map(SliceIdentifier::of)
                .orElseGet(SliceIdentifier::ignore));
    }

    /** Returns one slice for the domain, whose packages speak of each other, and one for each other package. */
    static SliceAssignment domainAndEveryOtherPackage() {
        PackageMatcher domain = PackageMatcher.of(Packages.DOMAIN);
        PackageMatcher ours = PackageMatcher.of(Packages.ALL);
        return assignment("the domain and every other package", javaClass -> {
            String name = javaClass.getPackageName();
            if (!ours.matches(name)) {
                return SliceIdentifier.ignore();
            }
            return SliceIdentifier.of(domain.matches(name) ? Packages.DOMAIN : name);
        });
    }

    private static SliceAssignment assignment(String description, Function<JavaClass, SliceIdentifier> identifier) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return identifier.apply(javaClass);
            }

            @Override
            public String getDescription() {
                return description;
            }
        };
    }
}
