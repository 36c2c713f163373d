package dev.paddock.e2e.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a repository of artifacts asks of a pom: each published module has it itself or from its parents. */
class PublishedPomsTest {

    private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final List<String> INHERITED = List.of("url", "licenses", "developers", "scm", "organization");

    @Test
    void poms_ofAllModules_areComplete() throws IOException {
        List<Path> poms = poms();

        assertThat(poms).hasSizeGreaterThan(30);
        for (Path pom : poms) {
            Element project = read(pom);
            assertThat(text(project, "name")).as(pom.toString()).isNotEmpty();
            assertThat(text(project, "description")).as(pom.toString()).isNotEmpty();
            Element root = child(project, "parent") == null ? project : read(PROJECT.resolve("pom.xml"));
            for (String part : INHERITED) {
                assertThat(text(root, part)).as(part + " of " + pom).isNotEmpty();
            }
            assertThat(text(root, "licenses")).contains("Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0.txt");
            for (String part : List.of("connection", "developerConnection", "url")) {
                assertThat(text(child(root, "scm"), part)).as("scm of " + pom).isNotEmpty();
            }
        }
    }

    /** Without this, Maven would append the path of the module to the addresses. */
    @Test
    void addresses_ofModules_areThoseOfTheProject() {
        Element root = read(PROJECT.resolve("pom.xml"));

        assertThat(root.getAttribute("child.project.url.inherit.append.path")).isEqualTo("false");
        for (String part : List.of("connection", "developerConnection", "url")) {
            assertThat(child(root, "scm").getAttribute("child.scm." + part + ".inherit.append.path")).isEqualTo("false");
        }
    }

    @Test
    void versions_ofAllModules_areThatOfTheRoot() throws IOException {
        String version = text(read(PROJECT.resolve("pom.xml")), "version");
        for (Path pom : poms()) {
            Element project = read(pom);
            Element owner = child(project, "parent") == null ? project : child(project, "parent");
            assertThat(text(owner, "version")).as(pom.toString()).isEqualTo(version);
        }
    }

    private static List<Path> poms() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT, 4)) {
            return files.filter(file -> file.endsWith("pom.xml"))
                    .filter(file -> Stream.of("target", "node_modules").noneMatch(part -> file.toString().contains("/" + part + "/")))
                    .toList();
        }
    }

    private static Element read(Path pom) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
        } catch (ParserConfigurationException | SAXException failure) {
            throw new IllegalStateException("cannot read " + pom, failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Element child(Element parent, String name) {
        NodeList children = parent.getChildNodes();
        for (int index = 0; index < children.getLength(); index++) {
            if (children.item(index) instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        return null;
    }

    private static String text(Element parent, String name) {
        Element child = child(parent, name);
        return child == null ? "" : child.getTextContent().strip();
    }
}
