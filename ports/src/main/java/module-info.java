/** The edge of the hexagon: what the core offers and what it needs, stated in the vocabulary of the domain. */
module dev.paddock.ports {
    requires static org.jspecify;
    requires transitive dev.paddock.domain;

}
