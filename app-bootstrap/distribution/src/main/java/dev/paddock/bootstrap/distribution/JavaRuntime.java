package dev.paddock.bootstrap.distribution;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/** A Java runtime with the modules that Paddock needs, linked from the JDK that runs this. */
final class JavaRuntime {

    /**
     * What the classes need that run: java.desktop for PDFBox. Libraries name more in classes that do not: java.sql in Bucket4j's
     * stores, jdk.jfr in Lettuce's and Netty's events.
     */
    private static final List<String> MODULES = List.of(
            "java.base", "java.desktop", "java.logging", "java.management", "java.naming", "java.net.http", "java.security.jgss", "jdk.crypto.ec",
            "jdk.management", "jdk.net", "jdk.unsupported");

    /** Windows and sound: they need libraries of the system that a gateway has no use for. Without them Java is headless. */
    private static final String EXCLUDED = "**/libawt_xawt.so,**/libjawt.so,**/libsplashscreen.so,**/libjsound.so";

    /**
     * The step of jlink that is left out: it writes classes of its own before or after the step that strips debug information, in an
     * order that differs between runs, and so the runtime would. The caches of the JVM have these classes, too.
     */
    private static final String NOT_REPRODUCIBLE = "generate-jli-classes";

    private JavaRuntime() {}

    /** Links the runtime of a distribution and returns its home. */
    static Path link(Path home) throws IOException {
        Path runtime = home.resolve("runtime");
        tool("jlink", List.of(
                "--add-modules", String.join(",", MODULES), "--output", runtime.toString(),
                "--exclude-files", EXCLUDED, "--disable-plugin", NOT_REPRODUCIBLE,
                "--strip-java-debug-attributes", "--no-header-files", "--no-man-pages"));
        return runtime;
    }

    private static String tool(String name, List<String> arguments) throws IOException {
        ToolProvider tool = ToolProvider.findFirst(name).orElseThrow(() -> new IOException("this Java has no " + name + ": use a JDK"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = tool.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IOException(name + " ended with status " + status + ": " + out + err);
        }
        return out.toString();
    }
}
