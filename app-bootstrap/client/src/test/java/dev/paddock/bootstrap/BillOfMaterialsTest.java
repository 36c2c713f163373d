package dev.paddock.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads the project's own pom.xml files, since a list of modules is forgotten too easily. */
class BillOfMaterialsTest {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path LIST = ROOT.resolve("app-bootstrap").resolve("bom");

    @Test
    void dependencies_areTheModulesWithMainCode() throws Exception {
        List<String> listed = new ArrayList<>();
        for (Element dependency : children(child(child(pom(LIST), "dependencyManagement"), "dependencies"), "dependency")) {
            if (text(dependency, "groupId").equals("org.slf4j")) {
                assertThat(text(dependency, "version")).isEqualTo(slf4jVersion());
                continue;
            }
            assertThat(text(dependency, "groupId")).isEqualTo("${project.groupId}");
            assertThat(text(dependency, "version")).isEqualTo("${project.version}");
            listed.add(text(dependency, "artifactId"));
        }
        List<String> published = new ArrayList<>();
        collectPublished(ROOT, published);

        assertThat(listed).containsExactlyInAnyOrderElementsOf(published).hasSizeGreaterThan(10);
    }

    @Test
    void list_standsAloneWithTheVersionOfTheProject() throws Exception {
        Element list = pom(LIST);

        assertThat(children(list, "parent")).isEmpty();
        assertThat(text(list, "groupId")).isEqualTo(text(pom(ROOT), "groupId"));
        assertThat(text(list, "version")).isEqualTo(text(pom(ROOT), "version"));
        assertThat(text(list, "packaging")).isEqualTo("pom");
    }

    private static void collectPublished(Path directory, List<String> published) throws Exception {
        Element pom = pom(directory);
        if (Files.isDirectory(directory.resolve("src").resolve("main").resolve("java")) && !isSkipped(pom)) {
            published.add(text(pom, "artifactId"));
        }
        for (Element modules : children(pom, "modules")) {
            for (Element module : children(modules, "module")) {
                collectPublished(directory.resolve(module.getTextContent().strip()), published);
            }
        }
    }

    private static String slf4jVersion() throws Exception {
        return text(child(pom(ROOT), "properties"), "version.slf4j");
    }

    private static boolean isSkipped(Element pom) {
        return children(pom, "properties").stream()
                .anyMatch(properties -> !children(properties, "maven.deploy.skip").isEmpty());
    }

    private static Element pom(Path directory) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(directory.resolve("pom.xml").toFile())
                .getDocumentElement();
    }

    private static String text(Element parent, String name) {
        return child(parent, name).getTextContent().strip();
    }

    private static Element child(Element parent, String name) {
        List<Element> found = children(parent, name);
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
