package dev.paddock.bootstrap.config.source;

/** System properties as sources of values. */
final class SystemProperty {

    private SystemProperty() {}

    /** Returns the origin of a value that a system property sets. */
    static String origin(String name) {
        return "system property " + name;
    }
}
