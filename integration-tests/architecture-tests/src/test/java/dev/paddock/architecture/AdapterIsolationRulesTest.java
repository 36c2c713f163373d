package dev.paddock.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Adapters that can be taken one without the other. */
@MainCode
class AdapterIsolationRulesTest {

    @ArchTest
    static final ArchRule http_and_metrics_do_not_see_each_other = slices()
            .matching("dev.paddock.adapters.(*)..")
            .should().notDependOnEachOther()
            .because("ADR-1: adapters meet in the ports; what HTTP adapters share is not for the metrics");

    @ArchTest
    static final ArchRule the_http_spi_sees_only_the_domain = classes()
            .that().resideInAnyPackage(Packages.SPI, Packages.POOL)
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage(
                    Packages.SPI, Packages.POOL, Packages.DOMAIN, "java..", "javax.net..", "org.jspecify.annotations")
            .because("ADR-8: what the author of a transport needs to know is the domain and the seam");

    @ArchTest
    static final ArchRule the_spi_does_not_see_the_pool = noClasses()
            .that().resideInAPackage(Packages.SPI)
            .should().dependOnClassesThat().resideInAPackage(Packages.POOL)
            .because("ADR-8: the pool stands above the transports, which have no limit of their own");

    @ArchTest
    static final ArchRule the_simulator_shares_no_code = noClasses()
            .that().resideInAPackage(Packages.SIM)
            .should().dependOnClassesThat(
                    resideInAPackage(Packages.ALL).and(resideOutsideOfPackage(Packages.SIM)))
            .because("ADR-12: a peer that shares code with the client shares its mistakes");

    @ArchTest
    static final ArchRule internals_stay_inside_their_module = classes()
            .that().resideInAPackage(Packages.ALL)
            .should(Conditions.useNoInternalsOfOtherModules())
            .because("ADR-13: what is public for the other packages of a module is not public for the world");
}
