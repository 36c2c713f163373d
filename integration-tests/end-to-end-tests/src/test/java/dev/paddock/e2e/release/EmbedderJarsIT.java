package dev.paddock.e2e.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What an application gets that embeds the parts of the client with the JDK's transport: by the poms, and by the jars that were packaged. */
class EmbedderJarsIT {

    private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final List<String> EMBEDDED = List.of("paddock-llm-client", "paddock-http-exchange", "paddock-http-jdk");
    private static final long MOST_BYTES = 1_200_000;

    @Test
    void client_withTheTransportOfTheJdk_isSmallAndHasOneThirdParty() throws Exception {
        Map<String, Path> modules = modules();
        Map<String, Long> sizes = new TreeMap<>();
        Set<String> thirdParties = new TreeSet<>();
        Deque<String> artifacts = new ArrayDeque<>(EMBEDDED);
        while (!artifacts.isEmpty()) {
            String artifact = artifacts.remove();
            Path module = modules.get(artifact);
            if (sizes.put(artifact, size(module == null ? thirdParty(artifact) : packaged(module, artifact))) == null) {
                if (module == null) {
                    thirdParties.add(artifact);
                } else {
                    artifacts.addAll(runtimeDependencies(module));
                }
            }
        }

        long all = sizes.values().stream().mapToLong(Long::longValue).sum();
        System.out.printf("Jars of an embedder with the JDK's transport: %d bytes in %d jars: %s%n", all, sizes.size(), sizes);
        assertThat(thirdParties).containsExactly("jackson-core");
        assertThat(all).isLessThanOrEqualTo(MOST_BYTES);
    }

    private static Map<String, Path> modules() throws Exception {
        Map<String, Path> modules = new TreeMap<>();
        for (String group : List.of("", "domain", "ports", "adapters-http", "adapters-metrics", "app-bootstrap")) {
            try (Stream<Path> directories = Files.list(PROJECT.resolve(group))) {
                for (Path directory : directories.filter(candidate -> Files.exists(candidate.resolve("pom.xml"))).toList()) {
                    modules.put(text(project(directory), "artifactId"), directory);
                }
            }
        }
        return modules;
    }

    private static List<String> runtimeDependencies(Path module) throws Exception {
        Element dependencies = elements(project(module), "dependencies").findFirst().orElseThrow();
        return elements(dependencies, "dependency")
                .filter(dependency -> List.of("", "compile", "runtime").contains(text(dependency, "scope")))
                .filter(dependency -> !text(dependency, "optional").equals("true"))
                .map(dependency -> text(dependency, "artifactId"))
                .toList();
    }

    private static Path packaged(Path module, String artifact) throws IOException {
        try (Stream<Path> files = Files.list(module.resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().matches(artifact + "-[0-9.]+(?:-SNAPSHOT)?\\.jar")).findFirst().orElseThrow();
        }
    }

    private static Path thirdParty(String artifact) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> jar.getFileName().toString().startsWith(artifact + "-"))
                .findFirst()
                .orElseThrow();
    }

    private static long size(Path jar) throws IOException {
        return Files.size(jar);
    }

    private static Element project(Path module) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(module.resolve("pom.xml").toFile()).getDocumentElement();
    }

    private static Stream<Element> elements(Element parent, String name) {
        NodeList children = parent.getChildNodes();
        return IntStream.range(0, children.getLength())
                .mapToObj(children::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(element -> element.getTagName().equals(name));
    }

    private static String text(Element parent, String name) {
        return elements(parent, name).map(Element::getTextContent).findFirst().orElse("");
    }
}
