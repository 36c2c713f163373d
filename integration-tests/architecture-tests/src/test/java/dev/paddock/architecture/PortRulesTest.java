package dev.paddock.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beAssignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

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
    static final ArchRule public_types_beside_the_ports_are_interfaces = classes()
            .that().resideInAPackage(Packages.PORT_INTERFACES)
            .and().arePublic().and().areTopLevelClasses()
            .should().beInterfaces()
            .because("ADR-1: a port says what can be asked, not how it is done");

    @ArchTest
    static final ArchRule public_types_beside_the_ports_are_called_port = classes()
            .that().resideInAPackage(Packages.PORT_INTERFACES)
            .and().arePublic().and().areTopLevelClasses()
            .should().haveSimpleNameEndingWith("Port")
            .because("ADR-1: the values that a port speaks of belong to the domain");

    @ArchTest
    static final ArchRule decorators_are_final_and_are_ports = classes()
            .that().resideInAPackage(Packages.DECORATORS)
            .and().arePublic()
            .should().haveModifier(FINAL)
            .andShould(beAssignableTo(A_PORT))
            .because("ADR-2: a decorator is a function from port to port, and is never inherited from");

    @ArchTest
    static final ArchRule ports_declare_no_checked_exception = methods()
            .that().areDeclaredInClassesThat(resideInAPackage(Packages.PORTS))
            .should(Conditions.declareNoCheckedException())
            .because("ADR-11: failures cross a port as LlmException and as nothing else");
}
