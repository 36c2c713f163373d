package dev.paddock.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.error.LlmException;

/** What may be thrown. */
@MainCode
class ErrorRulesTest {

    @ArchTest
    static final ArchRule failures_of_the_core_are_a_closed_set = classes()
            .that().resideInAnyPackage(Packages.DOMAIN, Packages.PORTS)
            .and().areAssignableTo(Throwable.class)
            .should().beAssignableTo(LlmException.class)
            .orShould().beAssignableTo(DocumentException.class)
            .because("ADR-11: the set of failures is closed, so that a switch over them is complete");
}
