package dev.paddock.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** What the core may use of the world: values, collections and time that is handed in. */
@MainCode
class PurityRulesTest {

    private static final String[] PLATFORM = {"java.lang..", "java.util..", "java.time..", "java.math.."};
    private static final String JSPECIFY = "org.jspecify.annotations";

    @ArchTest
    static final ArchRule the_domain_sees_only_itself = classes()
            .that().resideInAPackage(Packages.DOMAIN)
            .should().onlyDependOnClassesThat().resideInAnyPackage(platformAnd(Packages.DOMAIN))
            .because("ADR-1: the domain depends on nothing, so that everything may depend on it");

    @ArchTest
    static final ArchRule the_ports_see_only_the_core = classes()
            .that().resideInAPackage(Packages.PORTS)
            .should().onlyDependOnClassesThat().resideInAnyPackage(platformAnd(Packages.DOMAIN, Packages.PORTS))
            .because("ADR-1: a port is stated in the vocabulary of the domain and in nothing else");

    @ArchTest
    static final ArchRule the_core_does_not_log = noClasses()
            .that().resideInAnyPackage(Packages.DOMAIN, Packages.PORTS)
            .should().dependOnClassesThat().areAssignableTo(System.Logger.class)
            .because("ADR-1: the core tells what happened by results, failures and measurements");

    @ArchTest
    static final ArchRule the_core_reads_no_clock = noClasses()
            .that().resideInAnyPackage(Packages.DOMAIN, Packages.PORTS)
            .should().callMethod(System.class, "nanoTime")
            .orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(Instant.class, "now")
            .orShould().dependOnClassesThat().areAssignableTo(Clock.class)
            .because("ADR-1: time is handed in as a ticker, so that a test can hold it in its hand");

    @ArchTest
    static final ArchRule the_core_reads_no_environment = noClasses()
            .that().resideInAnyPackage(Packages.DOMAIN, Packages.PORTS)
            .should().callMethod(System.class, "getenv", String.class)
            .orShould().callMethod(System.class, "getenv")
            .orShould().callMethod(System.class, "getProperty", String.class)
            .orShould().callMethod(System.class, "getProperty", String.class, String.class)
            .because("ADR-1: settings are handed in as values; only the bootstrap knows where they come from");

    private static String[] platformAnd(String... packages) {
        String[] all = new String[PLATFORM.length + packages.length + 1];
        System.arraycopy(PLATFORM, 0, all, 0, PLATFORM.length);
        System.arraycopy(packages, 0, all, PLATFORM.length, packages.length);
        all[all.length - 1] = JSPECIFY;
        return all;
    }
}
