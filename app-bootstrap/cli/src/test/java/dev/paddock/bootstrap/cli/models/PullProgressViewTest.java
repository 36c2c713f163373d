package dev.paddock.bootstrap.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.cli.models.PullCommand.PullProgressView;
import dev.paddock.bootstrap.cli.models.PullCommand.PullProgressView.PullProgressBar;
import dev.paddock.bootstrap.cli.models.PullCommand.PullProgressView.PullProgressLines;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.TerminalTraits;
import dev.paddock.domain.model.catalog.PullProgress;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PullProgressViewTest {

    private static final List<PullProgress> REPORTS = List.of(
            new PullProgress("pulling manifest", null, 0, 0),
            new PullProgress("pulling aaaa", "sha256:aaaa", 2_000_000, 0),
            new PullProgress("pulling aaaa", "sha256:aaaa", 2_000_000, 0),
            new PullProgress("pulling aaaa", "sha256:aaaa", 2_000_000, 1_100_000),
            new PullProgress("pulling aaaa", "sha256:aaaa", 2_000_000, 1_120_000),
            new PullProgress("pulling aaaa", "sha256:aaaa", 2_000_000, 1_900_000),
            new PullProgress("verifying sha256 digest", null, 0, 0),
            new PullProgress("success", null, 0, 0));

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void lines_download_oneForEachStep() {
        show(new PullProgressLines(terminal()));

        assertThat(shown.toString(UTF_8).lines())
                .containsExactly(
                        "pulling manifest",
                        "pulling aaaa 0% of 2.0 MB",
                        "pulling aaaa 50% of 2.0 MB",
                        "pulling aaaa 90% of 2.0 MB",
                        "verifying sha256 digest",
                        "success");
    }

    @Test
    void bar_download_growsAndIsFullWhenTheNextStepBegins() {
        show(new PullProgressBar(terminal()));

        String[] lines = shown.toString(UTF_8).split("\n");
        assertThat(lines).hasSize(4);
        assertThat(lastDrawn(lines[1])).startsWith("pulling aaaa 100% [####").endsWith("] 2.0 MB");
        assertThat(lastDrawn(lines[3])).isEqualTo("success");
    }

    @Test
    void bar_downloadBreaksOff_leavesTheLine() {
        PullTracker tracker = new PullTracker();
        PullProgressBar bar = new PullProgressBar(terminal());
        REPORTS.subList(0, 4).forEach(report -> bar.show(tracker.accept(report)));

        bar.end();

        String text = shown.toString(UTF_8);
        assertThat(text).endsWith("\n");
        assertThat(lastDrawn(text.strip())).contains("55%").contains("1.1 MB of 2.0 MB");
    }

    private void show(PullProgressView view) {
        PullTracker tracker = new PullTracker();
        REPORTS.forEach(report -> view.show(tracker.accept(report)));
        view.end();
    }

    private Terminal terminal() {
        return new Terminal(InputStream.nullInputStream(), OutputStream.nullOutputStream(), shown, TerminalTraits.NONE);
    }

    private static String lastDrawn(String line) {
        return line.substring(line.lastIndexOf('\r') + 1).replace("\u001b[K", "");
    }
}
