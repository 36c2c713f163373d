package dev.paddock.bridges;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page about embedding: its programs are compiled, and its poms name what there is. */
class EmbeddingPageTest {

    private static final Path PROJECT = Path.of("..", "..");
    private static final Pattern TYPE = Pattern.compile("(?m)^(?:class|record) (\\w+)");

    /** Versions of third parties in the poms, and the properties by which this project is tested with them. */
    private static final Pattern VERSION = Pattern.compile("<version\\.(langchain4j|springai|spring-boot)>([^<]+)<");

    @TempDir
    private Path directory;

    @Test
    void programs_ofThePage_compile() throws IOException {
        List<Program> programs = new ArrayList<>();
        for (String text : blocks("java")) {
            Matcher type = TYPE.matcher(text);
            assertThat(type.find()).as(text).isTrue();
            programs.add(new Program(type.group(1), text));
        }
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = List.of("-proc:none", "-d", directory.toString(), "-classpath", System.getProperty("java.class.path"));

        boolean compiled = ToolProvider.getSystemJavaCompiler().getTask(null, null, problems, options, null, programs).call();

        assertThat(programs).hasSizeGreaterThanOrEqualTo(6);
        assertThat(compiled).as(() -> problems.getDiagnostics().toString()).isTrue();
    }

    @Test
    void poms_ofThePage_nameArtifactsAndVersionsThatThereAre() throws Exception {
        String bom = Files.readString(PROJECT.resolve("app-bootstrap/bom/pom.xml"));
        String version = text(parse(bom).getDocumentElement(), "version");
        List<String> tested = new ArrayList<>();
        for (String pom : List.of("pom.xml", "integration-tests/bridge-tests/pom.xml")) {
            VERSION.matcher(Files.readString(PROJECT.resolve(pom))).results().forEach(found -> tested.add(found.group(2)));
        }

        List<String> complete = blocks("xml").stream().filter(block -> block.startsWith("<project")).toList();
        assertThat(complete).hasSizeGreaterThanOrEqualTo(4);
        assertThat(complete.stream().filter(block -> !block.contains("<parent>")))
                .as("without a parent, Maven 3.8 takes a compiler plugin that does not know the release")
                .allSatisfy(block -> assertThat(block).contains("<maven.compiler.source>", "<maven.compiler.target>"));
        for (String block : blocks("xml").stream().map(block -> "<page>" + block + "</page>").toList()) {
            Document pom = parse(block);
            for (String kind : List.of("dependency", "parent")) {
                NodeList elements = pom.getElementsByTagName(kind);
                for (int index = 0; index < elements.getLength(); index++) {
                    assertKnown((Element) elements.item(index), bom, version, tested);
                }
            }
        }
    }

    private static void assertKnown(Element dependency, String bom, String version, List<String> tested) {
        String artifact = text(dependency, "artifactId");
        String stated = text(dependency, "version");
        if (text(dependency, "groupId").equals("dev.paddock")) {
            assertThat(bom).contains("<artifactId>" + artifact + "</artifactId>");
            assertThat(stated).isIn("", version);
        } else if (!stated.isEmpty()) {
            assertThat(tested).as(artifact).contains(stated);
        }
    }

    /** Returns the contents of the code blocks of a language. */
    private static List<String> blocks(String language) throws IOException {
        Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(Files.readString(PROJECT.resolve("docs/embedding.md")));
        return block.results().map(found -> found.group(1)).toList();
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static String text(Element parent, String name) {
        NodeList children = parent.getChildNodes();
        return Stream.iterate(0, index -> index < children.getLength(), index -> index + 1)
                .map(children::item)
                .filter(child -> child.getNodeName().equals(name))
                .map(child -> child.getTextContent())
                .findFirst()
                .orElse("");
    }

    private static final class Program extends SimpleJavaFileObject {

        private final String text;

        private Program(String type, String text) {
            super(URI.create("string:///" + type + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
