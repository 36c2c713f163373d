package dev.paddock.bootstrap.distribution;

import dev.paddock.bootstrap.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** The pages of the manual, one for each command: picocli describes the commands, AsciiDoctor makes pages of that. */
final class ManualPages {

    private ManualPages() {}

    static void writeTo(Path directory, Release release) throws IOException {
        Path texts = Files.createDirectories(release.stage().resolve("manual"));
        int status = ManPageGenerator.generateManPage(texts.toFile(), null, new boolean[0], true, Cli.commands().getCommandSpec());
        if (status != 0) {
            throw new IOException("the descriptions of the commands were not written: status " + status);
        }
        Attributes attributes = Attributes.builder()
                .attribute("reproducible", "")
                .attribute("docdate", DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(release.timestamp()))
                .attribute("mansource", "Paddock " + release.version())
                .attribute("manmanual", "Paddock")
                .build();
        Files.createDirectories(directory);
        try (Asciidoctor asciidoctor = Asciidoctor.Factory.create()) {
            for (Path text : FileTree.files(texts)) {
                asciidoctor.convertFile(text.toFile(), Options.builder()
                        .backend("manpage")
                        .safe(SafeMode.UNSAFE)
                        .toDir(directory.toFile())
                        .attributes(attributes)
                        .build());
            }
        }
    }
}
