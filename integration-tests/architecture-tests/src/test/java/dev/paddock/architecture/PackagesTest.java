package dev.paddock.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.junit.ArchTest;
import java.nio.file.Files;
import java.util.List;

/** A rule about a package that does not exist holds for ever: every package that a rule may name has classes. */
@MainCode
class PackagesTest {

    @ArchTest
    static void constants_namePackagesWithClasses(JavaClasses classes) {
        assertThat(Rules.of(Packages.class, String.class))
                .map(constant -> (String) constant.rule())
                .isNotEmpty()
                .filteredOn(name -> !packagesWithoutSources().contains(name))
                .allSatisfy(name -> assertThat(classes.stream()).anyMatch(javaClass -> isIn(name, javaClass)));
    }

    @ArchTest
    static void everyClass_isInOneModule(JavaClasses classes) {
        assertThat(classes.stream()).allSatisfy(javaClass -> assertThat(Packages.MODULES)
                .filteredOn(module -> PackageMatcher.of(module).matches(javaClass.getPackageName()))
                .as(javaClass.getName())
                .hasSize(1));
    }

    private static boolean isIn(String name, JavaClass javaClass) {
        return PackageMatcher.of(name).matches(javaClass.getPackageName())
                && !javaClass.getSimpleName().equals("package-info");
    }

    /** A module that is laid out and has no line of code yet cannot be wrong about the name of its package. */
    private static List<String> packagesWithoutSources() {
        return MavenReactor.modules().stream()
                .filter(module -> !Files.isDirectory(module.mainSources()))
                .flatMap(module -> ModuleDiagram.packagesOf(module.name()).stream())
                .toList();
    }
}
