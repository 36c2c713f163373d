package dev.paddock.adapters.http.gateway.accesscontrol;

/** Who may send a request. Each class has all the checks of the class before it. */
public enum AccessClass {

    /** Health checks: any host name, no key and no rate limit, but the origin is checked. */
    PROBE,

    /** Figures for operators: needs a key if there are any, and counts against the rate limit. */
    OPERATOR,

    /** Requests that use models: the same checks as {@link #OPERATOR}, but a rate limit by the capacity of the servers counts only these. */
    CLIENT,

    /**
     * Requests that may change a server or its account, or make it reach other servers. They are allowed only with
     * {@code paddock.gateway.admin = true}, or on the paths in {@code paddock.gateway.access.allow}.
     */
    ADMIN
}
