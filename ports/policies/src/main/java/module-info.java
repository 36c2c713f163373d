/** The ports that policies need, and the policies that need nothing else: decorators, and the choice of servers. */
module dev.paddock.ports.policies {
    requires static org.jspecify;
    requires transitive dev.paddock.domain.policies;
    requires transitive dev.paddock.ports;

    exports dev.paddock.ports.admission;
    exports dev.paddock.ports.documents;
    exports dev.paddock.ports.documents.answers;
    exports dev.paddock.ports.exchange.decorator;
    exports dev.paddock.ports.exchange.routing;
    exports dev.paddock.ports.llm.decorator;
    exports dev.paddock.ports.resilience;
    exports dev.paddock.ports.reuse;
    exports dev.paddock.ports.routing;
    exports dev.paddock.ports.sharedstate;
}
