package dev.paddock.architecture;

import java.util.List;

/**
 * The packages that the rules speak of, in the syntax of ArchUnit. {@code PackagesTest} sees to it that none of them is
 * empty: a rule about a package that does not exist would hold for ever.
 *
 * <p>A new adapter needs one constant here, and its name in {@link #SEPARATE_ADAPTERS}.
 */
final class Packages {

    static final String ALL = "dev.paddock..";

    static final String DOMAIN = "dev.paddock.domain..";

    static final String PORTS = "dev.paddock.ports..";
    static final String PORT_INTERFACES = "dev.paddock.ports.*";
    static final String DECORATORS = "dev.paddock.ports..decorator";
    static final String CHAIN = "dev.paddock.ports.exchange.chain";
    static final String ROUTING = "dev.paddock.ports.exchange.routing";
    static final String ANSWERS = "dev.paddock.ports.documents.answers";

    static final String ADAPTERS = "dev.paddock.adapters..";
    static final String HTTP = "dev.paddock.adapters.http..";
    static final String SPI = "dev.paddock.adapters.http.spi..";
    static final String POOL = "dev.paddock.adapters.http.pool..";
    static final String APACHE5 = "dev.paddock.adapters.http.apache5..";
    static final String JDK = "dev.paddock.adapters.http.jdk..";
    static final String OKHTTP = "dev.paddock.adapters.http.okhttp..";
    static final String NETTY = "dev.paddock.adapters.http.netty..";
    static final String WIRE = "dev.paddock.adapters.http.wire..";
    static final String EXCHANGE = "dev.paddock.adapters.http.exchange..";
    static final String LLM = "dev.paddock.adapters.http.llm..";
    static final String RESILIENCE = "dev.paddock.adapters.http.resilience..";
    static final String ANSWER_CACHE = "dev.paddock.adapters.http.answercache..";
    static final String LOCAL_EMBEDDINGS = "dev.paddock.adapters.http.localembeddings..";
    static final String SHARED_STATE = "dev.paddock.adapters.http.sharedstate..";
    static final String DOCUMENT_SEARCH = "dev.paddock.adapters.http.documentsearch..";
    static final String BRIDGE = "dev.paddock.adapters.http.bridge";
    static final String BRIDGE_LANGCHAIN4J = "dev.paddock.adapters.http.bridge.langchain4j..";
    static final String BRIDGE_SPRING = "dev.paddock.adapters.http.bridge.spring..";
    static final String HTTP_SERVER = "dev.paddock.adapters.http.server..";
    static final String GATEWAY = "dev.paddock.adapters.http.gateway..";
    static final String GATEWAY_ACCESS_CONTROL = "dev.paddock.adapters.http.gateway.accesscontrol..";
    static final String SIM = "dev.paddock.adapters.http.sim..";
    static final String METRICS = "dev.paddock.adapters.metrics..";
    static final String DROPWIZARD = "dev.paddock.adapters.metrics.dropwizard..";
    static final String MICROMETER = "dev.paddock.adapters.metrics.micrometer..";
    static final String OPENTELEMETRY = "dev.paddock.adapters.metrics.opentelemetry..";

    static final String BOOTSTRAP = "dev.paddock.bootstrap..";
    static final String CLIENT = "dev.paddock.bootstrap";
    static final String CLIENT_CONFIGURATION = "dev.paddock.bootstrap.config..";
    static final String SPRING_STARTER = "dev.paddock.bootstrap.spring..";
    static final String GATEWAY_APPLICATION = "dev.paddock.bootstrap.gateway..";
    static final String CLI = "dev.paddock.bootstrap.cli..";
    static final String BENCH = "dev.paddock.bootstrap.bench..";

    static final String TCK = "dev.paddock.tck..";
    static final String TEST_KIT = "dev.paddock.test..";
    static final String TEST_SUPPORT = "dev.paddock.testsupport..";
    static final String ARCHITECTURE_RULES = "dev.paddock.architecture.rules..";

    /** The adapters that must be usable one without the other; they meet in spi, pool, wire, server and ports. */
    static final List<String> SEPARATE_ADAPTERS =
            List.of(
                    APACHE5, JDK, OKHTTP, NETTY, EXCHANGE, LLM, RESILIENCE, ANSWER_CACHE, LOCAL_EMBEDDINGS, SHARED_STATE, DOCUMENT_SEARCH,
                    BRIDGE_LANGCHAIN4J, BRIDGE_SPRING, GATEWAY, SIM, DROPWIZARD, MICROMETER, OPENTELEMETRY);

    /** What a module is, for the rule about the internals of others. */
    static final List<String> MODULES = List.of(
            DOMAIN, PORTS, SPI, POOL, APACHE5, JDK, OKHTTP, NETTY, WIRE, EXCHANGE, LLM, RESILIENCE, ANSWER_CACHE, LOCAL_EMBEDDINGS, SHARED_STATE, DOCUMENT_SEARCH,
            BRIDGE,
            BRIDGE_LANGCHAIN4J, BRIDGE_SPRING, HTTP_SERVER,
            GATEWAY, SIM, DROPWIZARD, MICROMETER, OPENTELEMETRY, CLIENT, CLIENT_CONFIGURATION, SPRING_STARTER, GATEWAY_APPLICATION, BENCH, CLI, TCK,
            TEST_KIT, TEST_SUPPORT, ARCHITECTURE_RULES);

    private Packages() {}
}
