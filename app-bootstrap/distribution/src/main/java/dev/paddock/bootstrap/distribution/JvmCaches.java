package dev.paddock.bootstrap.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The caches of the JVM (JEP 514) of a distribution, one for the gateway and one for commands that end soon: a start maps classes into
 * memory instead of reading jars, and has the profiles of methods. They serve the Java that has made them, from version 25 on, and the jars
 * with the times that these have then.
 */
final class JvmCaches {

    /** The options that the launcher gives to {@code serve}. */
    static final List<String> SERVER_OPTIONS = List.of(
            "-Xlog:disable", "-XX:+UseSerialGC", "-Dio.netty.jfr.enabled=false", "-Djdk.pollerMode=1", "-Dio.netty.leakDetection.level=disabled");

    /** The options that it gives to commands that end soon. */
    private static final List<String> COMMAND_OPTIONS = List.of(
            "-Xlog:disable", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dio.netty.jfr.enabled=false");

    private static final String DIRECTORY = "app";
    private static final String COMMANDS = DIRECTORY + "/commands.aot";

    /** The launcher compares it with that of the Java that it has found. */
    private static final String MADE_BY = DIRECTORY + "/caches.release";

    /** The cache of the gateway, in the directory of the distribution. */
    static final String SERVERS = DIRECTORY + "/servers.aot";

    private JvmCaches() {}

    /** Makes the caches of a distribution for a Java, in place of those for another one, by runs of it, and notes for which. */
    static void make(Path home, Path java, Instant timestamp) throws IOException, InterruptedException {
        for (String file : List.of(COMMANDS, SERVERS, MADE_BY)) {
            Files.deleteIfExists(home.resolve(file));
        }
        FileTree.normalize(home, timestamp);
        List<String> command = new ArrayList<>(List.of(java.resolve("bin/java").toString()));
        command.addAll(COMMAND_OPTIONS);
        command.addAll(List.of("-jar", "app/paddock.jar", "train", "--archives", DIRECTORY));
        command.addAll(List.of("--options", String.join(" ", COMMAND_OPTIONS), "--server-options", String.join(" ", SERVER_OPTIONS)));
        String printed = Distributions.run(home, command);
        if (!Files.exists(home.resolve(COMMANDS)) || !Files.exists(home.resolve(SERVERS))) {
            throw new IOException("this Java makes no caches, use a JDK 25 or newer: " + printed);
        }
        FileTree.copyFile(java.resolve("release"), home.resolve(MADE_BY));
    }
}
