package dev.paddock.architecture.rules;

import static java.util.Objects.requireNonNull;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;

/**
 * One rule with a name to show in a test report. Immutable.
 *
 * @param name a sentence in snake case, unique among the rules of one {@link ArchitectureRules}
 * @param rule the rule; its description ends with the reason and with what to do instead
 */
public record NamedRule(String name, ArchRule rule) {

    public NamedRule {
        requireNonNull(name, "name");
        requireNonNull(rule, "rule");
    }

    /**
     * Checks the rule.
     *
     * @throws AssertionError if a class breaks it; the message names every class and says what to do instead
     */
    public void check(JavaClasses classes) {
        rule.check(classes);
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
