package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.testsupport.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types at a real terminal, in which the packaged command line runs. Needs tmux; the tests are skipped where there is none. */
class ChatTerminalIT {

    private static final String NAME = "paddock-chat-" + ProcessHandle.current().pid() + "-";
    private static final AtomicInteger TERMINALS = new AtomicInteger();

    private final OllamaSimulator server = OllamaSimulator.start(SimulatorSettings.builder()
            .port(0)
            .loadTime(Duration.ZERO)
            .promptTime(Duration.ZERO)
            .tokenInterval(Duration.ofMillis(50))
            .tokensPerAnswer(100)
            .build());

    @TempDir private Path directory;

    @BeforeEach
    void requireTmux() throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v tmux").start().waitFor() == 0, "tmux is not installed");
    }

    @AfterEach
    void stop() throws Exception {
        stopTerminal();
        server.close();
    }

    @Test
    void chat_edited_pasted_interrupted_andContinued() throws Exception {
        start();
        keys("Hello wrold", "Left", "Left", "Left", "BSpace", "BSpace", "wor", "DC", "Enter");
        awaitChats(1);
        awaitScreen("Hello world\n+[^>\n]{3,}");
        keys("C-c");
        awaitScreen("Stopped\\.\n>>> ?$");
        paste("first line\nsecond line\nthird line");
        awaitScreen("\\.\\.\\. third line");
        assertThat(chats()).as("a pasted text is not sent before it is accepted").hasSize(1);
        keys("Enter");
        awaitChats(2);
        keys("C-c");
        awaitScreen("Stopped\\.(.|\n)*Stopped\\.\n>>> ?$");
        keys("/nothing", "Enter");
        awaitScreen("There is no command /nothing(.|\n)*\n>>> ?$"); // what is typed before the prompt may be lost
        keys("C-d");
        awaitScreen("EXIT 0");

        assertThat(question(0)).isEqualTo("Hello world");
        assertThat(question(1)).isEqualTo("first line\nsecond line\nthird line");
        assertThat((List<?>) chats().get(1).get("messages")).as("an answer that was stopped is a part of the conversation").hasSize(3);
    }

    @Test
    void chat_nextTime_remembersWhatWasTyped() throws Exception {
        start();
        keys("/set seed 7", "Enter");
        awaitScreen("seed is 7\\.\n>>> ?$");
        keys("C-c", "C-c");
        awaitScreen("EXIT 0");
        Path history = directory.resolve("paddock").resolve("chat-history");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history))).isEqualTo("rw-------");
        stopTerminal();

        start();
        keys("Up");
        awaitScreen(">>> /set seed 7");
        keys("C-u", "/bye", "Enter");
        awaitScreen("EXIT 0");
        stopTerminal();

        start("--no-history");
        keys("Up", "x");
        awaitScreen(">>> x$");
    }

    private void start(String... options) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jar = Path.of("target", "paddock.jar").toAbsolutePath().toString();
        String command = "XDG_STATE_HOME=" + directory + " " + java + " -XX:TieredStopAtLevel=1 -Ddev.paddock.cli.terminals=012"
                + " -Ddev.paddock.cli.columns=80 -jar " + jar + " chat -m llama3.2 " + String.join(" ", options) + " --base-url " + server.baseUrl()
                + "; echo EXIT $?; cat";
        TERMINALS.incrementAndGet(); // a server of tmux that is ending would not take another session
        tmux("new-session", "-d", "-x", "80", "-y", "24", command);
        awaitScreen(">>> ?$");
    }

    private static void stopTerminal() throws Exception {
        tmux("kill-server");
    }

    private void keys(String... keys) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("send-keys"));
        arguments.addAll(List.of(keys));
        tmux(arguments.toArray(String[]::new));
    }

    /** Pastes as terminals do, with brackets around the text. */
    private void paste(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("paste"), text);
        tmux("load-buffer", file.toString());
        tmux("paste-buffer", "-p");
    }

    private void awaitScreen(String pattern) {
        Eventually.await(() -> "the screen to match " + pattern + ", but it shows\n" + screen(), () -> ("\n" + screen()).matches("(?s).*(" + pattern.replace("$", "\\s*$") + ").*"));
    }

    private void awaitChats(int count) {
        Eventually.await(() -> chats().size() == count);
    }

    private static String screen() {
        try {
            return tmux("capture-pane", "-p").stripTrailing();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", NAME + TERMINALS.get(), "-f", "/dev/null"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }

    private List<Map<String, Object>> chats() {
        return server.requests().stream()
                .filter(request -> request.path().equals("/api/chat"))
                .map(request -> CliRun.object(PlainJson.fromText(request.body())))
                .toList();
    }

    private String question(int chat) {
        List<?> messages = (List<?>) chats().get(chat).get("messages");
        return String.valueOf(((Map<?, ?>) messages.getLast()).get("content"));
    }
}
