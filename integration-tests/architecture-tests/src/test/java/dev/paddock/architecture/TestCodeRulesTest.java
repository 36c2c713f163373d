package dev.paddock.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tests look like; they are read as sources, so that none escapes because it is compiled later than this one. */
class TestCodeRulesTest {

    private static final Pattern TEST =
            Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory|ArchTest)\\b");
    private static final String TYPE = "(?:[a-z]\\w*\\.)*([A-Z]\\w*)";
    private static final List<Pattern> MOCKED = List.of(
            Pattern.compile("\\b(?:mock|spy|mockStatic|mockConstruction)\\(\\s*(?:new\\s+)?" + TYPE),
            Pattern.compile(TYPE + "(?:<[^;=]*>)?\\s+\\w+\\s*=\\s*(?:Mockito\\.)?(?:mock|spy)\\(\\s*\\)"),
            Pattern.compile("@(?:Mock|Spy|InjectMocks)\\b(?:\\([^)]*\\))?\\s+(?:(?:private|protected|final)\\s+)*" + TYPE));
    private static final Pattern SPIED_VARIABLE = Pattern.compile("\\bspy\\(\\s*([a-z]\\w*)\\s*\\)");
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
            file -> mockedTypes(file.code()).noneMatch(type -> isOurs(type, file.code())),
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

    private static Stream<String> mockedTypes(String code) {
        Stream<String> named = MOCKED.stream().flatMap(pattern -> pattern.matcher(code).results()).map(match -> match.group(1));
        Stream<String> spied = SPIED_VARIABLE.matcher(code).results().flatMap(variable -> declaredTypes(variable.group(1), code));
        return Stream.concat(named, spied);
    }

    private static Stream<String> declaredTypes(String variable, String code) {
        return Pattern.compile("\\b" + TYPE + "(?:<[^;=]*>)?\\s+" + variable + "\\s*[=;,)]").matcher(code).results()
                .map(match -> match.group(1));
    }

    private static boolean isOurs(String type, String code) {
        return OUR_TYPES.contains(type) || code.matches("(?s).*import dev\\.paddock\\.[\\w.]*\\." + type + ";.*");
    }
}
