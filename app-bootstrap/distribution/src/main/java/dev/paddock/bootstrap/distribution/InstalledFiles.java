package dev.paddock.bootstrap.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What every distribution has: launchers, jars, completions, manual pages, licences and the files for deployments. */
final class InstalledFiles {

    private final Release release;

    InstalledFiles(Release release) {
        this.release = release;
    }

    void writeTo(Path home) throws IOException {
        Path project = release.project();
        FileTree.copyFile(project.resolve("paddock"), home.resolve("bin/paddock"));
        FileTree.copyFile(release.sources().resolve("dist/paddock.cmd"), home.resolve("bin/paddock.cmd"));
        FileTree.copyFile(release.packagedCommandLine().resolve("paddock.jar"), home.resolve("app/paddock.jar"));
        FileTree.copy(release.packagedCommandLine().resolve("lib"), home.resolve("app/lib"));
        try (Stream<Path> texts = Files.list(release.sources().resolve("dist/share"))) {
            for (Path text : texts.toList()) {
                FileTree.copy(text, home.resolve("share").resolve(text.getFileName().toString()));
            }
        }
        Completions.writeTo(home.resolve("share"));
        ManualPages.writeTo(home.resolve("share/man/man1"), release);
        FileTree.copy(project.resolve("docs/deploy"), home.resolve("deploy"));
        FileTree.copyFile(project.resolve("docs/alerts/paddock.rules.yml"), home.resolve("alerts/paddock.rules.yml"));
        for (String text : new String[] {"LICENSE", "NOTICE", "SECURITY.md", "CHANGELOG.md"}) {
            FileTree.copyFile(project.resolve(text), home.resolve(text));
        }
        new ThirdParties(release).writeTo(home.resolve("licenses"), home.resolve("app/lib"));
    }
}
