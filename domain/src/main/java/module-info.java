/** The vocabulary of Paddock: requests, responses, exchanges, errors and pools. Requires nothing at run time. */
module dev.paddock.domain {
    requires static transitive org.jspecify;

    exports dev.paddock.domain.time;
}
