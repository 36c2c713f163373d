/** The vocabulary of Paddock: requests, responses, exchanges, errors and pools. Requires nothing at run time. */
module dev.paddock.domain {
    requires static org.jspecify;

    exports dev.paddock.domain.error;
    exports dev.paddock.domain.exchange;
    exports dev.paddock.domain.metrics;
    exports dev.paddock.domain.model;
    exports dev.paddock.domain.model.catalog;
    exports dev.paddock.domain.model.embedding;
    exports dev.paddock.domain.model.generation;
    exports dev.paddock.domain.pool;
    exports dev.paddock.domain.time;
}
