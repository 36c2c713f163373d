package dev.paddock.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every source file of main code looks like. */
class MainSourceRulesTest {

    static final SourceRule every_package_is_null_marked = new SourceRule(
            file -> file.fileName().equals("module-info.java")
                    || Files.exists(file.sibling("package-info.java"))
                            && SourceFile.read(file.sibling("package-info.java")).code().contains("@NullMarked"),
            "ADR-13: null is an error of the compiler, in every package");

    static final SourceRule no_file_is_longer_than_400_lines = new SourceRule(
            file -> file.lines() <= 400, "ADR-13: a type that does one thing is read in one sitting");

    static final SourceRule imports_name_one_type_each = new SourceRule(
            file -> !Pattern.compile("(?m)^import [^;]*\\*;").matcher(file.text()).find(),
            "ADR-13: what a file depends on stands at its head");

    static final SourceRule nothing_is_left_to_do = new SourceRule(
            file -> !Pattern.compile("\\b(TODO|FIXME)\\b").matcher(file.text()).find(),
            "ADR-13: what is left to do stands where it is planned");

    private static final List<SourceFile> FILES = SourceFile.ofModules(MavenReactor.Module::mainSources);

    @ParameterizedTest
    @MethodSource
    void rule_mainSources_isKept(Rules.Named rule) {
        assertThat(FILES).isNotEmpty();
        assertThat(((SourceRule) rule.rule()).violations(FILES)).isEmpty();
    }

    static List<Rules.Named> rule_mainSources_isKept() {
        return Rules.of(MainSourceRulesTest.class, SourceRule.class);
    }
}
