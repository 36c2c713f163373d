package dev.paddock.bootstrap.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The libraries of the system that a Java runtime needs: the C library and its loader. An image without a base has none. */
final class SystemLibraries {

    /** A line of ldd: {@code libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x...)}, or the loader alone. A path may have blanks. */
    private static final Pattern LIBRARY = Pattern.compile("^\\s*(?:\\S+ => )?(/.+) \\(0x[0-9a-f]+\\)$", Pattern.MULTILINE);

    private SystemLibraries() {}

    /** Returns the files by the paths at which programs look for them. */
    static Map<String, Path> of(Path runtime) throws IOException, InterruptedException {
        Map<String, Path> libraries = new TreeMap<>();
        for (Path binary : binaries(runtime)) {
            Matcher found = LIBRARY.matcher(Distributions.run(runtime, List.of("ldd", binary.toString())));
            while (found.find()) {
                Path library = Path.of(found.group(1));
                if (!library.normalize().startsWith(runtime)) {
                    libraries.put(library.toString(), library.toRealPath());
                }
            }
        }
        if (libraries.isEmpty()) {
            throw new IOException("ldd names no libraries of " + runtime);
        }
        return libraries;
    }

    private static List<Path> binaries(Path runtime) throws IOException {
        List<Path> binaries = new ArrayList<>(List.of(runtime.resolve("bin/java")));
        FileTree.files(runtime.resolve("lib")).stream()
                .filter(file -> file.getFileName().toString().endsWith(".so"))
                .forEach(binaries::add);
        return binaries;
    }
}
