package dev.paddock.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule says why it is there, and the decision that it names is on record. */
class RuleReasonsTest {

    private static final Pattern DECISION = Pattern.compile("ADR-(\\d+): ");

    @ParameterizedTest
    @MethodSource("rules")
    void description_namesADecisionOnRecord(Rules.Named rule) throws IOException {
        Matcher matcher = DECISION.matcher(rule.description());
        assertThat(matcher.find()).as(rule.description()).isTrue();
        assertThat(decisions()).contains(Integer.parseInt(matcher.group(1)));
    }

    @Test
    void decisions_haveNumbersOfTheirOwn() throws IOException {
        assertThat(decisions()).isNotEmpty().doesNotHaveDuplicates();
    }

    static List<Rules.Named> rules() {
        return Rules.all();
    }

    private static List<Integer> decisions() throws IOException {
        try (Stream<Path> records = Files.list(MavenReactor.root().resolve("docs/adr"))) {
            return records.map(record -> record.getFileName().toString())
                    .filter(name -> name.matches("\\d{4}-.*\\.md"))
                    .map(name -> Integer.parseInt(name.substring(0, 4)))
                    .toList();
        }
    }
}
