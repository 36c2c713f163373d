package dev.paddock.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule about a package that does not exist holds for ever: every package that a rule may name has classes. */
class PackagesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("dev.paddock");

    @ParameterizedTest
    @MethodSource
    void constant_namesAPackageWithClasses(Rules.Named constant) {
        PackageMatcher matcher = PackageMatcher.of((String) constant.rule());
        assertThat(CLASSES).anyMatch(javaClass -> !isPackageInfo(javaClass) && matcher.matches(javaClass.getPackageName()));
    }

    static List<Rules.Named> constant_namesAPackageWithClasses() {
        return Rules.of(Packages.class, String.class);
    }

    @Test
    void everyClass_isInOneModule() {
        assertThat(CLASSES).allSatisfy(javaClass -> assertThat(Packages.MODULES)
                .filteredOn(module -> PackageMatcher.of(module).matches(javaClass.getPackageName()))
                .as(javaClass.getName())
                .hasSize(1));
    }

    private static boolean isPackageInfo(JavaClass javaClass) {
        return javaClass.getSimpleName().equals("package-info");
    }
}
