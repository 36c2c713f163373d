package dev.paddock.architecture;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.paddock.architecture.rules.ArchitectureRules;
import dev.paddock.architecture.rules.NamedRule;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.RequestBody;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.Message;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published rules, applied to the packages of Paddock. */
class PublishedRulesTest {

    /** The types whose values are never logged: what callers ask, what models answer, and header fields, which hold keys. */
    private static final String[] CONTENT = Stream.of(
                    ExchangeRequest.class, Frame.class, Header.class, Headers.class, RequestBody.class, ChatChunk.class,
                    ChatRequest.class, ChatResponse.class, EmbedRequest.class, GenerateChunk.class, GenerateRequest.class,
                    GenerateResponse.class, Message.class)
            .map(Class::getName)
            .toArray(String[]::new);

    static final ArchitectureRules PUBLISHED = ArchitectureRules.builder()
            .domain(Packages.DOMAIN)
            .ports(Packages.PORTS)
            .adapters(Packages.SEPARATE_ADAPTERS.toArray(String[]::new))
            .sharedByAdapters(Packages.SPI, Packages.POOL, Packages.WIRE, Packages.HTTP_SERVER, Packages.BRIDGE)
            .bootstrap(Packages.BOOTSTRAP)
            .unrestricted(Packages.TCK, Packages.TEST_KIT, Packages.TEST_SUPPORT, Packages.ARCHITECTURE_RULES)
            .commandLines(Packages.CLI)
            .content(CONTENT)
            .thirdParty("Guice", "com.google.inject..", "jakarta.inject..", "javax.inject..").onlyIn(Packages.BOOTSTRAP)
            .thirdParty("Guava", "com.google.common..").onlyIn(Packages.BOOTSTRAP)
            .thirdParty("Typesafe Config", "com.typesafe.config..").onlyIn(Packages.BOOTSTRAP)
            .thirdParty("picocli", "picocli..").onlyIn(Packages.CLI)
            .thirdParty("JLine", "org.jline..").onlyIn(Packages.CLI)
            .thirdParty("Failsafe", "dev.failsafe..").onlyIn(Packages.RESILIENCE)
            .thirdParty("Dropwizard Metrics", "com.codahale.metrics..").onlyIn(Packages.DROPWIZARD, Packages.BOOTSTRAP)
            .thirdParty("Micrometer", "io.micrometer..").onlyIn(Packages.MICROMETER, Packages.SPRING_STARTER)
            .thirdParty("OpenTelemetry", "io.opentelemetry..").onlyIn(Packages.OPENTELEMETRY)
            .thirdParty("HdrHistogram", "org.HdrHistogram..").onlyIn(Packages.BENCH)
            .thirdParty("HttpClient5", "org.apache.hc..").onlyIn(Packages.APACHE5)
            .thirdParty("OkHttp", "okhttp3..", "okio..", "kotlin..").onlyIn(Packages.OKHTTP)
            .thirdParty("java.net.http", "java.net.http..").onlyIn(Packages.JDK)
            .thirdParty("Netty", "io.netty..").onlyIn(Packages.SIM, Packages.HTTP_SERVER, Packages.NETTY)
            .thirdParty("Bucket4j", "io.github.bucket4j..").onlyIn(Packages.GATEWAY_ACCESS_CONTROL)
            .thirdParty("Caffeine", "com.github.benmanes.caffeine..").onlyIn(Packages.ANSWER_CACHE)
            .thirdParty("Lettuce", "io.lettuce..").onlyIn(Packages.SHARED_STATE)
            .thirdParty("Lucene", "org.apache.lucene..").onlyIn(Packages.DOCUMENT_SEARCH)
            .thirdParty("document formats", "org.commonmark..", "org.jsoup..", "org.apache.pdfbox..").onlyIn(Packages.DOCUMENT_SEARCH)
            .thirdParty("LangChain4j", "dev.langchain4j..").onlyIn(Packages.LOCAL_EMBEDDINGS, Packages.BRIDGE_LANGCHAIN4J)
            .thirdParty("Jackson", "com.fasterxml.jackson..").onlyIn(Packages.WIRE, Packages.SIM, Packages.CLI)
            .thirdParty("Spring", "org.springframework..").onlyIn(Packages.SPRING_STARTER, Packages.BRIDGE_SPRING)
            .thirdParty("Reactor", "reactor..", "org.reactivestreams..").onlyIn(Packages.SHARED_STATE, Packages.BRIDGE_SPRING)
            .thirdParty("ArchUnit", "com.tngtech.archunit..").onlyIn(Packages.ARCHITECTURE_RULES)
            .thirdParty("java.util.logging", "java.util.logging..").onlyIn(Packages.TEST_SUPPORT, Packages.CLI)
            .thirdParty("SLF4J", "org.slf4j..").nowhere()
            .build();

    /** The decision behind each published rule that is not about a third party (those are ADR-3). */
    private static final Map<String, Integer> DECISIONS = Map.ofEntries(
            entry("layers_are_used_downwards_only", 1),
            entry("named_packages_have_classes", 14),
            entry("the_domain_sees_only_itself", 1),
            entry("the_ports_see_only_the_core", 1),
            entry("the_core_does_not_log", 1),
            entry("the_core_reads_no_clock", 1),
            entry("the_core_reads_no_environment", 1),
            entry("the_core_uses_no_reflection", 1),
            entry("public_types_beside_the_ports_are_interfaces", 1),
            entry("public_types_beside_the_ports_are_called_port", 1),
            entry("ports_declare_no_checked_exception", 11),
            entry("adapters_do_not_see_each_other", 3),
            entry("no_thread_sleeps", 6),
            entry("threads_are_interrupted_to_restore_the_flag_only", 6),
            entry("no_generic_exception_is_thrown", 11),
            entry("nothing_is_injected_into_fields", 3));

    private static final int CONVENTIONS = 13;
    private static final int THIRD_PARTIES = 3;

    private static final JavaClasses MAIN_CODE =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.paddock");

    @ParameterizedTest
    @MethodSource
    void rule_mainCode_isKept(Rules.Named rule) {
        ((ArchRule) rule.rule()).check(MAIN_CODE);
    }

    static List<Rules.Named> rule_mainCode_isKept() {
        return rules();
    }

    /** Returns the published rules, each with the decision of this project that it stands for. */
    static List<Rules.Named> rules() {
        return PUBLISHED.rules().stream().map(PublishedRulesTest::withDecision).toList();
    }

    private static Rules.Named withDecision(NamedRule rule) {
        int usual = rule.name().endsWith("_is_confined") ? THIRD_PARTIES : CONVENTIONS;
        int decision = DECISIONS.getOrDefault(rule.name(), usual);
        return new Rules.Named(rule.name(), rule.rule().because("ADR-" + decision + ": it is on record in docs/adr"));
    }
}
