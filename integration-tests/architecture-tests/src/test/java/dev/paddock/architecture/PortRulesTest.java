package dev.paddock.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beAssignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What a port looks like, and what a decorator of one. */
@MainCode
class PortRulesTest {

    private static final DescribedPredicate<JavaClass> A_PORT = INTERFACES
            .and(resideInAPackage(Packages.PORT_INTERFACES))
            .and(simpleNameEndingWith("Port"))
            .as("a port");

    @ArchTest
    static final ArchRule decorators_are_final_and_are_ports = classes()
            .that().resideInAPackage(Packages.DECORATORS)
            .and().arePublic()
            .should().haveModifier(FINAL)
            .andShould(beAssignableTo(A_PORT))
            .because("ADR-2: a decorator is a function from port to port, and is never inherited from");
}
