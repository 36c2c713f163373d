package dev.paddock.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves of each rule that it can fail: a rule that cannot is worse than none. */
class RuleSabotageTest {

    @TempDir
    static Path output;

    private static Sabotage sabotage;

    @BeforeAll
    static void compileSabotage() throws IOException {
        List<String> rulesAboutClasses = rules().stream()
                .filter(rule -> rule.rule() instanceof ArchRule)
                .map(Rules.Named::name)
                .toList();
        sabotage = Sabotage.compile(rulesAboutClasses, output);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rule_sabotaged_failsAndNamesEveryOffender(Rules.Named rule) {
        List<String> violations = violations(rule);

        assertThat(Sabotage.offenders(rule.name()))
                .as("classes in src/test/sabotage/%s that break the rule", rule.name())
                .isNotEmpty()
                .allSatisfy(offender -> assertThat(violations).anyMatch(violation -> violation.contains(offender)));
    }

    @Test
    void sabotage_withoutARule_isNotKept() throws IOException {
        assertThat(Sabotage.directories()).isEqualTo(rules().stream().map(Rules.Named::name).toList());
    }

    /** All rules but the one about packages without classes, which no additional class can break; the library's own tests do. */
    static List<Rules.Named> rules() {
        return Rules.all().stream().filter(rule -> !rule.name().equals("named_packages_have_classes")).toList();
    }

    private static List<String> violations(Rules.Named rule) {
        return switch (rule.rule()) {
            case ArchRule archRule ->
                archRule.evaluate(sabotage.mainCodeSabotagedAgainst(rule.name())).getFailureReport().getDetails();
            case SourceRule sourceRule -> sourceRule.violations(Sabotage.files(rule.name())).stream()
                    .map(path -> SourceFile.read(path).qualifiedTypeName())
                    .toList();
            default -> throw new IllegalStateException("no rule: " + rule);
        };
    }
}
