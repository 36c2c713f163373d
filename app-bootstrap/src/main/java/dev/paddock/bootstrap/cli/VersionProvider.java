package dev.paddock.bootstrap.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Tells the version that the build has written into the jar. */
final class VersionProvider implements IVersionProvider {

    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "paddock " + Objects.requireNonNullElse(version, "(not packaged)")
                + ", Java " + Runtime.version().feature();
    }

    @Override
    public String[] getVersion() {
        return new String[] {version()};
    }
}
