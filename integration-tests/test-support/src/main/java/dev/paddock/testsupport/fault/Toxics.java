package dev.paddock.testsupport.fault;

import static java.util.Objects.requireNonNull;

/**
 * The toxics of one connection.
 *
 * @param toServer the one in the direction of requests
 * @param toClient the one in the direction of responses
 */
public record Toxics(Toxic toServer, Toxic toClient) {

    /** None in either direction. */
    public static final Toxics NONE = new Toxics(Toxic.none(), Toxic.none());

    public Toxics {
        requireNonNull(toServer, "toServer");
        requireNonNull(toClient, "toClient");
    }

    /** Returns the given toxic in the direction of requests. */
    public static Toxics toServer(Toxic toxic) {
        return new Toxics(toxic, Toxic.none());
    }

    /** Returns the given toxic in the direction of responses. */
    public static Toxics toClient(Toxic toxic) {
        return new Toxics(Toxic.none(), toxic);
    }

    /** Returns the given toxic in both directions. */
    public static Toxics bothWays(Toxic toxic) {
        return new Toxics(toxic, toxic);
    }
}
