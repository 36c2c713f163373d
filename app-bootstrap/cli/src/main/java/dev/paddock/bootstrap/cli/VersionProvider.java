package dev.paddock.bootstrap.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Tells the version that the build has written into the jar. */
final class VersionProvider implements IVersionProvider {

    static String version() {
        return "paddock " + number() + ", Java " + Runtime.version().feature();
    }

    static String number() {
        String version = Main.class.getPackage().getImplementationVersion();
        return Objects.requireNonNullElse(version, "(not packaged)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {version()};
    }
}
