package dev.paddock.bootstrap.distribution;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The image of a gateway, as an archive in OCI's layout, made without a daemon. It has no base: a Java runtime, the libraries of the system
 * that this needs, and the jars. There is no shell, so its entry point is Java, with the options that the launcher gives to {@code serve}.
 */
final class ContainerImage {

    private static final String HOME = "/opt/paddock";
    private static final int PORT = 11435;

    /** The user that other images without a shell use for programs that need no rights. */
    private static final String USER = "65532:65532";

    private final Release release;
    private final Path home;

    ContainerImage(Release release, Path home) {
        this.release = release;
        this.home = home;
    }

    void writeTo(Path archive) throws Exception {
        Path cache = release.stage().resolve("image-cache");
        JibContainerBuilder image = Jib.fromScratch()
                .setFormat(ImageFormat.OCI)
                .addPlatform(architecture(), "linux")
                .setCreationTime(release.timestamp())
                .setFileEntriesLayers(layers())
                .setEntrypoint(entrypoint())
                .setProgramArguments("serve", "--host", "0.0.0.0")
                .addEnvironmentVariable("LC_ALL", "C.UTF-8")
                .setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/tmp"))
                .addExposedPort(Port.tcp(PORT))
                .addLabel("org.opencontainers.image.title", "paddock")
                .addLabel("org.opencontainers.image.version", release.version())
                .addLabel("org.opencontainers.image.licenses", "Apache-2.0");
        image.containerize(Containerizer.to(TarImage.at(archive).named("paddock:" + release.version()))
                .setOfflineMode(true)
                .setBaseImageLayersCache(cache.resolve("base"))
                .setApplicationLayersCache(cache.resolve("application")));
    }

    /** Returns the name of the processor as images have it. */
    static String architecture() {
        String name = System.getProperty("os.arch");
        return Map.of("x86_64", "amd64", "aarch64", "arm64").getOrDefault(name, name);
    }

    /** What changes seldom comes first, so that a new version shares these layers with the last one. */
    private List<FileEntriesLayer> layers() throws IOException, InterruptedException {
        return List.of(
                system(),
                layer("runtime", file -> file.startsWith("runtime/")),
                layer("libraries", ContainerImage::isOfThirdParty),
                layer("application", file -> !file.startsWith("runtime/") && !isOfThirdParty(file)));
    }

    private static boolean isOfThirdParty(String file) {
        return file.startsWith("licenses/") || (file.startsWith("app/lib/") && !file.startsWith("app/lib/paddock-"));
    }

    private FileEntriesLayer system() throws IOException, InterruptedException {
        Path files = release.stage().resolve("system");
        FileTree.write(files.resolve("etc/passwd"), "root:x:0:0:root:/:/\npaddock:x:65532:65532:paddock:/tmp:/\n");
        FileTree.write(files.resolve("etc/group"), "root:x:0:\npaddock:x:65532:\n");
        FileTree.write(files.resolve("etc/nsswitch.conf"), "hosts: files dns\n");
        for (Map.Entry<String, Path> library : SystemLibraries.of(home.resolve("runtime")).entrySet()) {
            FileTree.copyFile(library.getValue(), files.resolve(library.getKey().substring(1)));
        }
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("system");
        // Uploads and memory-mapped counters of the JVM are files in there.
        layer.addEntry(Files.createDirectories(files.resolve("tmp")), AbsoluteUnixPath.get("/tmp"),
                FilePermissions.fromOctalString("777"), release.timestamp());
        for (Path file : FileTree.files(files)) {
            add(layer, file, "/" + files.relativize(file));
        }
        return layer.build();
    }

    private FileEntriesLayer layer(String name, Predicate<String> files) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (Path file : FileTree.files(home)) {
            String path = home.relativize(file).toString();
            if (files.test(path)) {
                add(layer, file, HOME + "/" + path);
            }
        }
        return layer.build();
    }

    private void add(FileEntriesLayer.Builder layer, Path file, String path) {
        boolean program = Files.isExecutable(file);
        layer.addEntry(file, AbsoluteUnixPath.get(path), FilePermissions.fromOctalString(program ? "755" : "644"), release.timestamp());
    }

    private static List<String> entrypoint() {
        List<String> command = new ArrayList<>(List.of(HOME + "/runtime/bin/java"));
        command.addAll(JvmCaches.SERVER_OPTIONS);
        command.addAll(List.of("-XX:AOTCache=" + HOME + "/" + JvmCaches.SERVERS, "-jar", HOME + "/app/paddock.jar"));
        return command;
    }
}
