package dev.paddock.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tests look like; they are read as sources, so that none escapes because it is compiled later than this one. */
class TestCodeRulesTest {

    private static final Pattern TEST =
            Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory|ArchTest)\\b");
    private static final Pattern MOCKED = Pattern.compile(
            "\\b(?:mock|spy)\\(\\s*(?:new\\s+)?(\\w+)|@(?:Mock|Spy)\\b\\s+(?:(?:private|final)\\s+)*(\\w+)");
    private static final Set<String> OUR_TYPES = SourceFile.ofModules(MavenReactor.Module::mainSources).stream()
            .map(SourceFile::typeName)
            .collect(Collectors.toUnmodifiableSet());

    static final SourceRule tests_are_called_test_or_it = new SourceRule(
            file -> file.typeName().endsWith("Test")
                    || file.typeName().endsWith("IT")
                    || file.code().contains("abstract class " + file.typeName())
                    || !TEST.matcher(file.code()).find(),
            "ADR-13: a test of another name is compiled and never run");

    static final SourceRule tests_do_not_mock_our_own_types = new SourceRule(
            file -> mockedTypes(file).noneMatch(OUR_TYPES::contains),
            "ADR-13: a mock of our own type proves what we believe of it, not what it does");

    static final SourceRule no_test_is_switched_off = new SourceRule(
            file -> !Pattern.compile("@Disabled\\b").matcher(file.code()).find(),
            "ADR-13: a test that does not run protects nobody");

    private static final List<SourceFile> FILES = SourceFile.ofModules(MavenReactor.Module::testSources);

    @ParameterizedTest
    @MethodSource
    void rule_testSources_isKept(Rules.Named rule) {
        assertThat(FILES).isNotEmpty();
        assertThat(((SourceRule) rule.rule()).violations(FILES)).isEmpty();
    }

    static List<Rules.Named> rule_testSources_isKept() {
        return Rules.of(TestCodeRulesTest.class, SourceRule.class);
    }

    private static Stream<String> mockedTypes(SourceFile file) {
        return MOCKED.matcher(file.code()).results().map(TestCodeRulesTest::typeOf);
    }

    private static String typeOf(MatchResult match) {
        return match.group(1) != null ? match.group(1) : match.group(2);
    }
}
