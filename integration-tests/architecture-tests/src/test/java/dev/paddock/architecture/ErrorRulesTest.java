package dev.paddock.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.paddock.domain.error.LlmException;

/** What may be thrown. */
@MainCode
class ErrorRulesTest {

    @ArchTest
    static final ArchRule failures_of_the_core_are_llm_exceptions = classes()
            .that().resideInAnyPackage(Packages.DOMAIN, Packages.PORTS)
            .and().areAssignableTo(Throwable.class)
            .should().beAssignableTo(LlmException.class)
            .because("ADR-11: the set of failures is closed, so that a switch over them is complete");

    @ArchTest
    static final ArchRule exceptions_are_called_exception = classes()
            .that().areAssignableTo(Throwable.class)
            .should().haveSimpleNameEndingWith("Exception")
            .because("ADR-13: a name says what a thing is");

    @ArchTest
    static final ArchRule nobody_throws_generic_exceptions = noClasses()
            .should(THROW_GENERIC_EXCEPTIONS)
            .because("ADR-11: who cannot tell failures apart cannot treat them apart");
}
