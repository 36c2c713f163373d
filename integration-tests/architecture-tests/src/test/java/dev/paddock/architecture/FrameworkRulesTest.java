package dev.paddock.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;

/** Where third parties may be seen. */
@MainCode
class FrameworkRulesTest {

    @ArchTest
    static final ArchRule guice_is_seen_by_the_bootstrap_only = outside(Packages.BOOTSTRAP)
            .should().dependOnClassesThat()
            .resideInAnyPackage("com.google.inject..", "jakarta.inject..", "javax.inject..")
            .because("ADR-3: everything can be built by plain constructors; only the wiring knows Guice");

    @ArchTest
    static final ArchRule guava_is_seen_by_the_bootstrap_only = outside(Packages.BOOTSTRAP)
            .should().dependOnClassesThat().resideInAPackage("com.google.common..")
            .because("ADR-3: Guava is there because Guice needs it");

    @ArchTest
    static final ArchRule typesafe_config_is_seen_by_the_bootstrap_only = outside(Packages.BOOTSTRAP)
            .should().dependOnClassesThat().resideInAPackage("com.typesafe.config..")
            .because("ADR-3: settings are records beside their consumer; only the wiring knows files and keys");

    @ArchTest
    static final ArchRule picocli_is_seen_by_command_lines_only = outside(Packages.CLI)
            .should().dependOnClassesThat().resideInAPackage("picocli..")
            .because("ADR-3: the command line is one face of the bootstrap");

    @ArchTest
    static final ArchRule failsafe_is_seen_by_resilience_only = outside(Packages.RESILIENCE)
            .should().dependOnClassesThat().resideInAPackage("dev.failsafe..")
            .because("ADR-3: retries and breakers act once, in one place");

    @ArchTest
    static final ArchRule failsafe_does_not_interrupt = noClasses()
            .should().callMethod("dev.failsafe.TimeoutBuilder", "withInterrupt")
            .because("ADR-6: a timeout cancels the call, it does not interrupt the thread");

    @ArchTest
    static final ArchRule dropwizard_is_seen_by_metrics_only = outside(Packages.METRICS, Packages.BOOTSTRAP)
            .should().dependOnClassesThat().resideInAPackage("com.codahale.metrics..")
            .because("ADR-3: everybody else measures through the port");

    @ArchTest
    static final ArchRule hdrhistogram_is_seen_by_the_benchmark_only = outside(Packages.BENCH)
            .should().dependOnClassesThat().resideInAPackage("org.HdrHistogram..")
            .because("ADR-3: everybody else measures through the port");

    @ArchTest
    static final ArchRule httpclient5_is_seen_by_its_transport_only = outside(Packages.APACHE5)
            .should().dependOnClassesThat().resideInAPackage("org.apache.hc..")
            .because("ADR-3: a transport can be exchanged because nobody knows its library");

    @ArchTest
    static final ArchRule okhttp_is_seen_by_its_transport_only = outside(Packages.OKHTTP)
            .should().dependOnClassesThat().resideInAnyPackage("okhttp3..", "okio..", "kotlin..")
            .because("ADR-3: a transport can be exchanged because nobody knows its library");

    @ArchTest
    static final ArchRule java_net_http_is_seen_by_its_transport_only = outside(Packages.JDK)
            .should().dependOnClassesThat().resideInAPackage("java.net.http..")
            .because("ADR-3: a transport can be exchanged because nobody knows its library");

    @ArchTest
    static final ArchRule netty_is_seen_by_servers_only = outside(Packages.SIM, Packages.HTTP_SERVER)
            .should().dependOnClassesThat().resideInAPackage("io.netty..")
            .because("ADR-18: what answers requests does not know what frames them");

    @ArchTest
    static final ArchRule bucket4j_is_seen_by_access_control_only = outside(Packages.GATEWAY_ACCESS_CONTROL)
            .should().dependOnClassesThat().resideInAPackage("io.github.bucket4j..")
            .because("ADR-3: who is let in is decided in one place");

    @ArchTest
    static final ArchRule jackson_is_seen_where_json_is_read_and_written_only =
            outside(Packages.WIRE, Packages.SIM, Packages.CLI)
                    .should().dependOnClassesThat().resideInAPackage("com.fasterxml.jackson..")
                    .because("ADR-7: JSON ends in wire; the domain holds plain values");

    @ArchTest
    static final ArchRule the_client_reads_json_as_a_stream = noClasses()
            .that().resideInAPackage(Packages.WIRE)
            .should().dependOnClassesThat().resideInAPackage("com.fasterxml.jackson.databind..")
            .because("ADR-7: the wire uses the streaming parser, so that nothing is bound by reflection");

    private static GivenClassesConjunction outside(String... packages) {
        return noClasses().that().resideOutsideOfPackages(packages);
    }
}
