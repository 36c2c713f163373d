package dev.paddock.bootstrap.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.bootstrap.cli.terminal.Terminal.OutputClosedException;
import dev.paddock.bootstrap.cli.terminal.Terminal.OutputFailedException;
import dev.paddock.bootstrap.cli.terminal.Terminal.Style;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void write_toTerminal_cannotSteerIt() {
        terminal(new TerminalTraits(false, true, true, false)).write("a\u001b[31mb\u0007\u009bc\td\n");

        assertThat(out.toString(UTF_8)).isEqualTo("a\ufffd[31mb\ufffd\ufffdc\td\n");
    }

    @Test
    void write_toPipe_isUnchangedUtf8() {
        terminal(TerminalTraits.NONE).write("ü\u001b🐎\r\n");

        assertThat(out.toString(UTF_8)).isEqualTo("ü\u001b🐎\r\n");
    }

    @Test
    void hint_whereColoursAreWelcome_hasThem() {
        terminal(new TerminalTraits(false, false, true, true)).hint("x", Style.ERROR);
        terminal(new TerminalTraits(false, false, false, true)).hint("y", Style.ERROR);
        terminal(new TerminalTraits(false, false, true, false)).hint("z", Style.ERROR);

        assertThat(err.toString(UTF_8)).isEqualTo("\u001b[31mx\u001b[0myz");
    }

    @Test
    void note_longerThanTheTerminal_isBrokenBetweenWordsWithItsBeginningAndIndent() {
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), err, new TerminalTraits(false, false, true, false, 24));

        terminal.note("paddock: ", Style.ERROR, "nothing is right in this place\n  - and nothing in the next");
        terminal.note("");

        assertThat(err.toString(UTF_8))
                .isEqualTo("paddock: nothing is\nright in this place\n  - and nothing in the\n  next\n\n");
    }

    @Test
    void write_readerWentAway_isNoticed() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Terminal terminal = new Terminal(InputStream.nullInputStream(), closed, err, TerminalTraits.NONE);

        assertThatThrownBy(() -> terminal.write("x")).isInstanceOf(OutputClosedException.class);
    }

    @Test
    void write_fullDisk_isNoClosedPipe() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        Terminal terminal = new Terminal(InputStream.nullInputStream(), full, err, TerminalTraits.NONE);

        assertThatThrownBy(() -> terminal.write("x")).isInstanceOf(OutputFailedException.class).hasMessageContaining("No space left on device");
    }

    @Test
    void traits_noColourWanted_isRespected() {
        assertThat(TerminalTraits.ofProcess(Map.of("TERM", "xterm")).colour()).isTrue();
        assertThat(TerminalTraits.ofProcess(Map.of("TERM", "xterm", "NO_COLOR", "1")).colour()).isFalse();
        assertThat(TerminalTraits.ofProcess(Map.of("TERM", "dumb")).colour()).isFalse();
        assertThat(TerminalTraits.ofProcess(Map.of()).colour()).isFalse();
    }

    private Terminal terminal(TerminalTraits traits) {
        return new Terminal(InputStream.nullInputStream(), out, err, traits);
    }
}
