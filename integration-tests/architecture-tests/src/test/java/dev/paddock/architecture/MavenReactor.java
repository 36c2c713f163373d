package dev.paddock.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** The modules of the build, read from its pom files. */
final class MavenReactor {

    private static final String PREFIX = "paddock-";

    private MavenReactor() {}

    /** Returns the directory of the root pom. */
    static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("integration-tests/architecture-tests/pom.xml"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    /** Returns every module that has code of its own; those that only gather others have none. */
    static List<Module> modules() {
        return modulesBelow(root()).filter(module -> !module.isAggregator()).toList();
    }

    private static Stream<Module> modulesBelow(Path directory) {
        Module module = new Module(directory, read(directory.resolve("pom.xml")));
        return Stream.concat(
                Stream.of(module),
                module.children().stream().flatMap(child -> modulesBelow(directory.resolve(child))));
    }

    private static Element read(Path pom) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("cannot read " + pom, e);
        }
    }

    /**
     * One module.
     *
     * @param directory where it is
     * @param pom the root element of its pom
     */
    record Module(Path directory, Element pom) {

        String name() {
            return text(pom, "artifactId").substring(PREFIX.length());
        }

        Path mainSources() {
            return directory.resolve("src/main/java");
        }

        Path testSources() {
            return directory.resolve("src/test/java");
        }

        boolean isAggregator() {
            return "pom".equals(text(pom, "packaging"));
        }

        List<String> children() {
            return elements(pom, "modules")
                    .flatMap(modules -> elements(modules, "module"))
                    .map(Element::getTextContent)
                    .toList();
        }

        /** Returns the names of our modules that the main code of this one may use. */
        Set<String> dependencies() {
            return elements(pom, "dependencies")
                    .flatMap(dependencies -> elements(dependencies, "dependency"))
                    .filter(dependency -> text(dependency, "groupId").equals("dev.paddock"))
                    .filter(dependency -> !text(dependency, "scope").equals("test"))
                    .map(dependency -> text(dependency, "artifactId").substring(PREFIX.length()))
                    .collect(Collectors.toUnmodifiableSet());
        }

        private static String text(Element parent, String name) {
            return elements(parent, name).map(Element::getTextContent).findFirst().orElse("");
        }

        private static Stream<Element> elements(Element parent, String name) {
            return IntStream.range(0, parent.getChildNodes().getLength())
                    .mapToObj(parent.getChildNodes()::item)
                    .filter(Element.class::isInstance)
                    .map(Element.class::cast)
                    .filter(element -> element.getTagName().equals(name));
        }
    }
}
