package dev.paddock.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** How third parties are used. */
@MainCode
class FrameworkRulesTest {

    @ArchTest
    static final ArchRule failsafe_does_not_interrupt = noClasses()
            .should().callMethod("dev.failsafe.TimeoutBuilder", "withInterrupt")
            .because("ADR-6: a timeout cancels the call, it does not interrupt the thread");

    @ArchTest
    static final ArchRule the_client_reads_json_as_a_stream = noClasses()
            .that().resideInAPackage(Packages.WIRE)
            .should().dependOnClassesThat().resideInAPackage("com.fasterxml.jackson.databind..")
            .because("ADR-7: the wire uses the streaming parser, so that nothing is bound by reflection");
}
