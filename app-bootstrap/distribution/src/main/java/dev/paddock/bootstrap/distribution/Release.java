package dev.paddock.bootstrap.distribution;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What is released.
 *
 * @param project the directory of the root pom
 * @param stage where the files are put together
 * @param version the version of Paddock
 * @param timestamp the time that all files get
 */
record Release(Path project, Path stage, String version, Instant timestamp) {

    Release {
        requireNonNull(project, "project");
        requireNonNull(stage, "stage");
        requireNonNull(version, "version");
        requireNonNull(timestamp, "timestamp");
    }

    /** Returns the name of the directory that a distribution unpacks into. */
    String name() {
        return "paddock-" + version;
    }

    /** Returns what the command line was packaged into. */
    Path packagedCommandLine() {
        return project.resolve("app-bootstrap/cli/target");
    }

    /** Returns the sources of this module. */
    Path sources() {
        return project.resolve("app-bootstrap/distribution/src/main");
    }
}
