package dev.paddock.soak;

import java.util.Locale;

/** What goes wrong in the whole system for a while. */
enum SystemFault {
    /** A server is killed, and started again without models in memory. */
    SERVER_KILLED,
    /** The answers of a server are late. */
    SERVER_SLOW,
    /** A server refuses what it is asked. */
    SERVER_BUSY,
    /** A server stops in the middle of answers and keeps the connections. */
    ANSWERS_STALL,
    /** A server cuts connections in the middle of answers. */
    ANSWERS_CUT,
    /** Many clients leave before they are answered. */
    CLIENTS_LEAVE,
    /** The store does not answer. */
    STORE_HANGS,
    /** The store is killed, and started again empty. */
    STORE_KILLED;

    boolean needsStore() {
        return compareTo(STORE_HANGS) >= 0;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
