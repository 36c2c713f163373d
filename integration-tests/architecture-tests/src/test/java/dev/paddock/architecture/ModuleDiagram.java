package dev.paddock.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The picture of the modules that the documentation shows, as names and arrows. */
final class ModuleDiagram {

    static final Path PATH = MavenReactor.root().resolve("docs/architecture/modules.puml");

    private static final Pattern COMPONENT = Pattern.compile("(?m)^\\[([^]]+)] (<<.*>>)$");
    private static final Pattern STEREOTYPE = Pattern.compile("<<([^>]+)>>");
    private static final Pattern ARROW = Pattern.compile("(?m)^\\[([^]]+)] --> \\[([^]]+)]$");

    private ModuleDiagram() {}

    /** Returns the modules of the picture, each with those its arrows lead to. */
    static Map<String, Set<String>> dependenciesByModule() {
        String text = read();
        Map<String, Set<String>> dependencies = new TreeMap<>();
        COMPONENT.matcher(text).results().forEach(component -> dependencies.put(component.group(1), new TreeSet<>()));
        Matcher arrow = ARROW.matcher(text);
        while (arrow.find()) {
            dependencies.get(arrow.group(1)).add(arrow.group(2));
        }
        return dependencies;
    }

    /** Returns the packages of a module of the picture. */
    static List<String> packagesOf(String module) {
        return COMPONENT.matcher(read())
                .results()
                .filter(component -> component.group(1).equals(module))
                .flatMap(component -> STEREOTYPE.matcher(component.group(2)).results())
                .map(stereotype -> stereotype.group(1))
                .toList();
    }

    private static String read() {
        try {
            return Files.readString(PATH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
