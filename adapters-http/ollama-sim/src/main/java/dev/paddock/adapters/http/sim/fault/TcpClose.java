package dev.paddock.adapters.http.sim.fault;

/** How the simulator ends a TCP connection. */
public enum TcpClose {
    /** An orderly close (FIN), as a server that stops politely sends. */
    CLOSE,
    /** An abrupt close (RST), as a crashed process or a firewall sends. */
    RESET
}
