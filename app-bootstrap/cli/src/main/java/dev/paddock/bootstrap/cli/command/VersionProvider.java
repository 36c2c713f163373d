package dev.paddock.bootstrap.cli.command;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the build has written into the jar. */
public final class VersionProvider implements IVersionProvider {

    /** Returns the version of Paddock and of Java. */
    public static String version() {
        return "paddock " + number() + ", Java " + Runtime.version().feature();
    }

    /** Returns the version of Paddock. */
    public static String number() {
        String version = VersionProvider.class.getPackage().getImplementationVersion();
        return Objects.requireNonNullElse(version, "(not packaged)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {version()};
    }
}
