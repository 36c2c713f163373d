/** The vocabulary of policies: queues, circuits, answers that are used again, the choice of servers, documents. Requires nothing but the domain. */
module dev.paddock.domain.policies {
    requires static org.jspecify;
    requires transitive dev.paddock.domain;

    exports dev.paddock.domain.admission;
    exports dev.paddock.domain.documents;
    exports dev.paddock.domain.resilience;
    exports dev.paddock.domain.reuse;
    exports dev.paddock.domain.reuse.semantic;
    exports dev.paddock.domain.routing;
    exports dev.paddock.domain.sharedstate;
    exports dev.paddock.domain.telemetry;
}
