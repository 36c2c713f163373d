/** The vocabulary of Paddock: requests, responses, exchanges, errors and pools. Requires nothing at run time. */
module dev.paddock.domain {
    requires static org.jspecify;

    exports dev.paddock.domain.admission;
    exports dev.paddock.domain.documents;
    exports dev.paddock.domain.error;
    exports dev.paddock.domain.exchange;
    exports dev.paddock.domain.metrics;
    exports dev.paddock.domain.model;
    exports dev.paddock.domain.model.catalog;
    exports dev.paddock.domain.model.embedding;
    exports dev.paddock.domain.model.generation;
    exports dev.paddock.domain.pool;
    exports dev.paddock.domain.resilience;
    exports dev.paddock.domain.reuse;
    exports dev.paddock.domain.reuse.semantic;
    exports dev.paddock.domain.routing;
    exports dev.paddock.domain.sharedstate;
    exports dev.paddock.domain.telemetry;
    exports dev.paddock.domain.time;
}
