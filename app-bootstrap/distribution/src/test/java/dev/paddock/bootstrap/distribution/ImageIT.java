package dev.paddock.bootstrap.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paddock.testsupport.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The image, unpacked into a folder as a container engine does, and run there. */
@Timeout(300)
class ImageIT {

    private static final String ARCHIVE = "paddock-" + Installation.VERSION + "-image-linux-" + ContainerImage.architecture() + ".tar";
    private static final String DOCUMENTS = "/opt/paddock/documents";

    @TempDir
    private Path directory;

    private Path layout;
    private Path root;
    private JsonNode manifest;
    private JsonNode configuration;

    @BeforeEach
    void unpack() throws Exception {
        layout = Files.createDirectories(directory.resolve("layout"));
        root = Files.createDirectories(directory.resolve("root"));
        Distributions.run(layout, List.of("tar", "xf", Installation.RESULTS.resolve(ARCHIVE).toString()));
        assertThat(json(layout.resolve("oci-layout")).path("imageLayoutVersion").asText()).isEqualTo("1.0.0");
        JsonNode index = json(layout.resolve("index.json"));
        assertThat(index.path("manifests")).hasSize(1);
        manifest = json(blob(index.path("manifests").get(0)));
        configuration = json(blob(manifest.path("config")));
        for (JsonNode layer : manifest.path("layers")) {
            Distributions.run(root, List.of("tar", "xzf", blob(layer).toString()));
        }
    }

    @Test
    void image_onNothing_saysWhatItIs() {
        assertThat(manifest.path("mediaType").asText("application/vnd.oci.image.manifest.v1+json"))
                .isEqualTo("application/vnd.oci.image.manifest.v1+json");
        assertThat(configuration.path("os").asText()).isEqualTo("linux");
        assertThat(configuration.path("architecture").asText()).isEqualTo(ContainerImage.architecture());
        assertThat(configuration.path("config").path("User").asText()).isEqualTo("65532:65532");
        assertThat(configuration.path("config").path("ExposedPorts").has("11435/tcp")).isTrue();
        assertThat(Files.exists(root.resolve("bin"))).isFalse();
        assertThat(root.resolve("opt/paddock/licenses/THIRD-PARTY.txt")).exists();
        assertThat(root.resolve("opt/paddock/runtime/legal/java.base")).isDirectory();
    }

    @Test
    void entryPoint_options_areThoseOfTheLauncher() throws Exception {
        Path home = directory.resolve("stub");
        FileTree.copyFile(root.resolve("opt/paddock/bin/paddock"), home.resolve("bin/paddock"));
        FileTree.write(home.resolve("app/paddock.jar"), "");
        FileTree.write(home.resolve("app/servers.aot"), "");
        FileTree.write(home.resolve("app/caches.release"), "");
        FileTree.write(home.resolve("runtime/bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(home.resolve("runtime/bin/java").toFile().setExecutable(true)).isTrue();

        List<String> launched = Distributions.run(home, List.of("sh", home.resolve("bin/paddock").toString(), "serve"))
                .lines()
                .filter(option -> !option.startsWith("-Ddev.paddock.cli."))
                .map(option -> option.replace(home.toString(), "/opt/paddock"))
                .toList();

        List<String> entered = new ArrayList<>(entryPoint());
        assertThat(entered.removeFirst()).isEqualTo("/opt/paddock/runtime/bin/java");
        entered.add("serve");
        assertThat(entered).containsExactlyInAnyOrderElementsOf(launched);
    }

    @Test
    void container_withEverythingOn_serves() throws Exception {
        Installation.assertServes(container(
                "serve", "--sim", "--port", "0", "--cache", "--single-flight", "--batch", "--queue", "--semantic", "shadow",
                "--otlp", "http://127.0.0.1:1"));
    }

    @Test
    void container_pdf_isReadAndAnswersAQuestion() throws Exception {
        Files.createDirectories(root.resolve(DOCUMENTS.substring(1)));
        byte[] pdf = pdf("The chimney of the harbour office is nine metres high.");

        Installation.assertServes(container("serve", "--sim", "--port", "0", "--admin", "--documents", DOCUMENTS), port -> {
            try (RawClient client = new RawClient(port)) {
                client.send("POST /api/documents?name=harbour.pdf HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + pdf.length + "\r\n\r\n").send(pdf);
                RawClient.Response added = client.response();
                assertThat(added.status()).as(added.body()).isEqualTo(201);
                RawClient.Response answer = client.exchange("/api/query", "{\"query\": \"How high is the chimney?\", \"method\": \"bm25\"}");
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).contains("harbour.pdf", "nine metres");
            }
        });
    }

    private static byte[] pdf(String text) throws IOException {
        try (PDDocument document = new PDDocument(); ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream stream = new PDPageContentStream(document, page)) {
                stream.beginText();
                stream.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                stream.newLineAtOffset(50, 700);
                stream.showText(text);
                stream.endText();
            }
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    @Test
    void container_demonstration_runsOverEachTransport() throws Exception {
        for (String transport : List.of("apache5", "jdk", "okhttp", "netty")) {
            Process process = container("demo", "--transport", transport, "--calls", "4", "--callers", "2", "--connection-cost", "0")
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

            assertThat(process.waitFor()).as(printed).isZero();
            assertThat(printed).contains("reused");
        }
    }

    /** Runs in the folder as root of the file system where this is allowed; else with the loader and the libraries of the folder. */
    private ProcessBuilder container(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (new ProcessBuilder("chroot", root.toString(), entryPoint().getFirst(), "-version").start().waitFor() == 0) {
            command.addAll(List.of("chroot", root.toString()));
            command.addAll(entryPoint());
        } else {
            try (Stream<Path> files = Files.walk(root)) {
                Path loader = files.filter(file -> file.getFileName().toString().startsWith("ld-linux")).findFirst().orElseThrow();
                List<String> folders = FileTree.files(root).stream()
                        .filter(file -> file.getFileName().toString().startsWith("libc.so"))
                        .map(file -> String.valueOf(file.getParent()))
                        .toList();
                command.addAll(List.of(loader.toString(), "--library-path", String.join(":", folders)));
            }
            entryPoint().forEach(part -> command.add(part.replace("/opt/paddock", root + "/opt/paddock")));
        }
        boolean isRoot = command.getFirst().equals("chroot");
        List.of(arguments).forEach(argument -> command.add(isRoot ? argument : argument.replace("/opt/paddock", root + "/opt/paddock")));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        for (JsonNode variable : configuration.path("config").path("Env")) {
            String[] parts = variable.asText().split("=", 2);
            builder.environment().put(parts[0], parts[1]);
        }
        builder.environment().putIfAbsent("PATH", System.getenv("PATH"));
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:AOTMode=on"); // a cache that does not fit is a failure
        return builder;
    }

    private List<String> entryPoint() {
        List<String> parts = new ArrayList<>();
        configuration.path("config").path("Entrypoint").forEach(part -> parts.add(part.asText()));
        return parts;
    }

    /** Returns the file of a descriptor, whose digest and size must be right. */
    private Path blob(JsonNode descriptor) throws Exception {
        String digest = descriptor.path("digest").asText();
        Path blob = layout.resolve("blobs").resolve(digest.replace(':', '/'));
        assertThat("sha256:" + FileTree.sha256(blob)).isEqualTo(digest);
        assertThat(Files.size(blob)).isEqualTo(descriptor.path("size").asLong());
        return blob;
    }

    private static JsonNode json(Path file) throws Exception {
        return new ObjectMapper().readTree(file.toFile());
    }
}
