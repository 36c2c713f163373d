package dev.paddock.bootstrap.cli.generation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.cli.command.CommonOptions;
import dev.paddock.bootstrap.cli.generation.AnswerPrinter.AnswerChunk;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.TerminalTraits;
import dev.paddock.domain.model.ResponseStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerPrinterTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void print_answerForATerminal_cannotSteerItWithItsLastWord() {
        Terminal terminal =
                new Terminal(InputStream.nullInputStream(), out, OutputStream.nullOutputStream(), new TerminalTraits(false, true, false, false, 80));
        AnswerPrinter.StreamedAnswer answer = new AnswerPrinter.StreamedAnswer();

        new AnswerPrinter(terminal, new CommonOptions()).print(() -> stream("ok ", "\u001b]52;c;x\u0007"), AnswerPrinterTest::chunk, answer);

        assertThat(out.toString(UTF_8)).isEqualTo("ok \ufffd]52;c;x\ufffd\n");
        assertThat(answer.toMessage().content()).isEqualTo("ok \u001b]52;c;x\u0007");
    }

    private static AnswerChunk chunk(String text) {
        return new AnswerChunk("m", text, null, List.of(), null);
    }

    private static ResponseStream<String> stream(String... pieces) {
        Iterator<String> all = List.of(pieces).iterator();
        return new ResponseStream<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public String next() {
                return all.next();
            }

            @Override
            public void close() {}
        };
    }
}
