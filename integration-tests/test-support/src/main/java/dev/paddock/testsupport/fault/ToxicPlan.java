package dev.paddock.testsupport.fault;

/** Which toxics a connection gets. Called by one thread at a time. */
@FunctionalInterface
public interface ToxicPlan {

    /** Returns the toxics of the connection with the given number, counted from 1 in the order of acceptance. */
    Toxics of(int connection);

    /** Returns the plan that gives the same toxics to every connection. */
    static ToxicPlan always(Toxics toxics) {
        return connection -> toxics;
    }
}
