package dev.paddock.bootstrap.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The third parties whose jars are in a distribution: their list, their licences and their notices, by the bill of materials. */
final class ThirdParties {

    private static final String OWN = "paddock-";

    /** Artifacts whose poms have a name of a licence from which the bill of materials derives another one than their URL names. */
    private static final Map<String, String> CORRECTED = Map.of("org.jline", "BSD-3-Clause");

    private static final String OTHERS = """

            The distributions for one platform and the image have a Java runtime: OpenJDK, GPL-2.0-only WITH Classpath-exception-2.0.
            Its licences and those of its parts are in runtime/legal. Its source is that of the release that runtime/release names.

            The image has the GNU C library of the system that built it, unchanged and dynamically linked: LGPL-2.1-or-later. Its source is
            that of the package libc6 of that system. To use another one, replace the files below /lib and /lib64 of the image.
            """;

    private final Release release;

    ThirdParties(Release release) {
        this.release = release;
    }

    /** Writes the list, each licence once, and what the jars themselves have of licences and notices. */
    void writeTo(Path directory, Path jars) throws IOException {
        Path bill = release.packagedCommandLine().resolve("bom.json");
        FileTree.copyFile(bill, directory.resolve("bom.cdx.json"));
        Map<String, JsonNode> components = components(bill);
        StringBuilder list = new StringBuilder("The jars of third parties in app/lib, and their licences. bom.cdx.json says more.\n\n");
        Set<String> licences = new TreeSet<>(Set.of("LGPL-2.1-or-later"));
        for (Path jar : FileTree.files(jars)) {
            String file = jar.getFileName().toString();
            if (file.startsWith(OWN)) {
                continue;
            }
            JsonNode component = components.get(file);
            if (component == null) {
                throw new IOException(file + " is not in the bill of materials");
            }
            List<String> own = licences(component);
            licences.addAll(own);
            list.append(String.format(Locale.ROOT, "%-55s %-28s %s%n", file, String.join(" or ", own), component.path("group").asText()));
            copyTexts(jar, directory.resolve(component.path("name").asText()));
        }
        for (String licence : licences) {
            Path text = release.sources().resolve("licenses").resolve(licence + ".txt");
            if (!Files.exists(text)) {
                throw new IOException("the text of a licence is missing: " + text);
            }
            FileTree.copyFile(text, directory.resolve(text.getFileName().toString()));
        }
        FileTree.write(directory.resolve("THIRD-PARTY.txt"), list + OTHERS);
    }

    private static Map<String, JsonNode> components(Path bill) throws IOException {
        Map<String, JsonNode> components = new TreeMap<>();
        for (JsonNode component : new ObjectMapper().readTree(bill.toFile()).path("components")) {
            components.put(component.path("name").asText() + "-" + component.path("version").asText() + ".jar", component);
        }
        return components;
    }

    private static List<String> licences(JsonNode component) throws IOException {
        String corrected = CORRECTED.get(component.path("group").asText());
        if (corrected != null) {
            return List.of(corrected);
        }
        List<String> licences = new ArrayList<>();
        for (JsonNode choice : component.path("licenses")) {
            licences.add(choice.path("license").path("id").asText());
        }
        if (licences.isEmpty() || licences.contains("")) {
            throw new IOException("a licence without an SPDX identifier: " + component);
        }
        return licences;
    }

    private static void copyTexts(Path jar, Path directory) throws IOException {
        try (FileSystem content = FileSystems.newFileSystem(jar)) {
            Path information = content.getPath("META-INF");
            if (!Files.isDirectory(information)) {
                return;
            }
            try (Stream<Path> files = Files.list(information)) {
                for (Path text : files.filter(ThirdParties::isLegalText).toList()) {
                    Files.createDirectories(directory);
                    Files.write(directory.resolve(text.getFileName().toString()), Files.readAllBytes(text));
                }
            }
        }
    }

    private static boolean isLegalText(Path file) {
        String name = file.getFileName().toString().toUpperCase(Locale.ROOT);
        return Files.isRegularFile(file) && (name.contains("LICENSE") || name.contains("NOTICE"));
    }
}
