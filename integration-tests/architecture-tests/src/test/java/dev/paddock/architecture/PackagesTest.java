package dev.paddock.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.junit.ArchTest;

/** A rule about a package that does not exist holds for ever: every package that a rule may name has classes. */
@MainCode
class PackagesTest {

    @ArchTest
    static void constants_namePackagesWithClasses(JavaClasses classes) {
        assertThat(Rules.of(Packages.class, String.class)).isNotEmpty().allSatisfy(constant -> {
            PackageMatcher matcher = PackageMatcher.of((String) constant.rule());
            assertThat(classes.stream())
                    .as(constant.name())
                    .anyMatch(javaClass -> !isPackageInfo(javaClass) && matcher.matches(javaClass.getPackageName()));
        });
    }

    @ArchTest
    static void everyClass_isInOneModule(JavaClasses classes) {
        assertThat(classes.stream()).allSatisfy(javaClass -> assertThat(Packages.MODULES)
                .filteredOn(module -> PackageMatcher.of(module).matches(javaClass.getPackageName()))
                .as(javaClass.getName())
                .hasSize(1));
    }

    private static boolean isPackageInfo(JavaClass javaClass) {
        return javaClass.getSimpleName().equals("package-info");
    }
}
