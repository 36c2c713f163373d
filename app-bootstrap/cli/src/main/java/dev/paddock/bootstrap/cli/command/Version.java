package dev.paddock.bootstrap.cli.command;

import java.util.Objects;

/** The version that the build has written into the jar. */
public final class Version {

    private Version() {}

    /** Returns the version of Paddock and of Java. */
    public static String text() {
        return "paddock " + number() + ", Java " + Runtime.version().feature();
    }

    /** Returns the version of Paddock. */
    public static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return Objects.requireNonNullElse(version, "(not packaged)");
    }
}
