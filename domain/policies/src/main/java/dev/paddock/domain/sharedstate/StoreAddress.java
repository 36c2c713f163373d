package dev.paddock.domain.sharedstate;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * Where a store is, and how it is entered. Its text form contains no secrets.
 *
 * @param host the name or the address of its machine
 * @param port its port, 1 to 65535
 * @param database the number of the database in it, 0 or more
 * @param tls whether the connection is encrypted, and the certificate of the store checked against its host
 * @param authorities the path of a PEM file with the certificates that are trusted; null for those of the Java installation
 * @param user the user; null for the default one
 * @param password the password of the user; null for none
 */
public record StoreAddress(
        String host, int port, int database, boolean tls, @Nullable String authorities, @Nullable String user, @Nullable String password) {

    private static final int LAST_PORT = 65_535;

    public StoreAddress {
        requireNonNull(host, "host");
        require(!host.isEmpty(), "the address of a store has a host");
        require(port > 0 && port <= LAST_PORT, "the port of a store is from 1 to 65535");
        require(database >= 0, "the number of a database is 0 or more");
        require(user == null || password != null, "a user of a store needs a password");
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new InvalidRequestException(rule, ErrorFacts.NONE);
        }
    }

    /** Returns this address with another user and password. */
    public StoreAddress withUser(@Nullable String newUser, @Nullable String newPassword) {
        return new StoreAddress(host, port, database, tls, authorities, newUser, newPassword);
    }

    /** Returns this address with other trusted certificates. */
    public StoreAddress withAuthorities(@Nullable String newAuthorities) {
        return new StoreAddress(host, port, database, tls, newAuthorities, user, password);
    }

    /** Returns the place without user and password, for example {@code redis://cache:6379/0}. */
    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/" + database;
    }
}
