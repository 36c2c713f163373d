/** The edge of the hexagon: what the core offers and what it needs, stated in the vocabulary of the domain. */
module dev.paddock.ports {
    requires static org.jspecify;
    requires transitive dev.paddock.domain;

    exports dev.paddock.ports.exchange;
    exports dev.paddock.ports.exchange.chain;
    exports dev.paddock.ports.llm;
    exports dev.paddock.ports.metrics;
    exports dev.paddock.ports.pool;
}
