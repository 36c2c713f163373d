package dev.paddock.tck;

import com.tngtech.archunit.lang.ArchRule;

final class RuleInTheKit {
    ArchRule rule;
}
