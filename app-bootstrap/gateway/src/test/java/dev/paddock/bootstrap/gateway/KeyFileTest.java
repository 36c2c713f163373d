package dev.paddock.bootstrap.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessKey;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    private static final Instant ADDED = Instant.parse("2026-11-29T12:00:00Z");
    private static final String HASH = "0".repeat(64);

    @TempDir
    private Path directory;

    private Path path;
    private KeyFile file;

    @BeforeEach
    void name() {
        path = directory.resolve("keys");
        file = new KeyFile(path);
    }

    @Test
    void add_noFile_isMadeForTheOwnerAlone() throws Exception {
        KeyFile.Entry entry = new KeyFile.Entry(new AccessKey(HASH, Priority.BATCH, 7, "alice"), ADDED);

        file.add(entry);

        assertThat(file.read()).containsExactly(entry);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
        assertThat(entry.toString()).doesNotContain(HASH);
    }

    @Test
    void change_anyFile_keepsCommentsAndLinksAndLeavesNoOtherFile() throws Exception {
        Files.writeString(path, "# for the team\n\nalice 2026-11-29T12:00:00Z " + HASH + "\n");
        Path link = Files.createSymbolicLink(directory.resolve("link"), path);

        new KeyFile(link).add(entry(1));
        assertThat(new KeyFile(link).remove("alice")).isTrue();
        assertThat(new KeyFile(link).remove("alice")).isFalse();

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.readString(path)).startsWith("# for the team\n\nclient1 ").doesNotContain("alice");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files.map(each -> each.getFileName().toString())).containsExactlyInAnyOrder("keys", "link", "link.lock");
        }
    }

    @Test
    void add_nameInUse_isRefused() {
        file.add(entry(1));

        assertThatThrownBy(() -> file.add(entry(1))).isInstanceOf(InvalidValueException.class).hasMessageContaining("client1 already");
        assertThat(file.read()).hasSize(1);
    }

    @Test
    void add_byManyAtOnce_losesNone() throws Exception {
        int threads = 8;
        int each = 10;
        CountDownLatch ready = new CountDownLatch(threads);
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int thread = 0; thread < threads; thread++) {
                int first = thread * each;
                running.add(executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    for (int index = 0; index < each; index++) {
                        new KeyFile(path).add(entry(first + index));
                    }
                    return null;
                }));
            }
            for (Future<?> ended : running) {
                ended.get();
            }
        }

        assertThat(file.read()).extracting(KeyFile.Entry::name).doesNotHaveDuplicates().hasSize(threads * each);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "alice",
        "alice HASH",
        "alice yesterday HASH",
        "alice 2026-11-29T12:00:00Z abc",
        "alice 2026-11-29T12:00:00Z HASH urgent",
        "alice 2026-11-29T12:00:00Z HASH weight=0",
        "1alice 2026-11-29T12:00:00Z HASH",
        "key-1 2026-11-29T12:00:00Z HASH",
        "a=b 2026-11-29T12:00:00Z HASH",
        "bob 2026-11-29T12:00:00Z HASH",
    })
    void read_lineWithoutAMeaning_isNamedWithoutItsHash(String line) throws Exception {
        String text = "bob 2026-11-29T12:00:00Z " + HASH.replace('0', '1') + "\n" + line.replace("HASH", HASH) + "\n";
        Files.writeString(path, text);

        assertThatThrownBy(file::read)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining(HASH);
        assertThatThrownBy(() -> file.add(entry(1))).isInstanceOf(InvalidValueException.class);
        assertThat(path).content().isEqualTo(text);
    }

    @Test
    void read_textOfAnotherSystem_hasTheSameMeaning() throws Exception {
        Files.writeString(path, "\ufeffalice 2026-11-29T12:00:00Z " + HASH + "\r\n\r\n# bob\r\n");

        assertThat(file.read()).extracting(KeyFile.Entry::name).containsExactly("alice");
    }

    @Test
    void read_whatIsNoFileOfKeys_isNamed() throws Exception {
        Files.write(path, new byte[] {'#', (byte) 0xe4, '\n'});
        assertThatThrownBy(file::read).hasMessageContaining("no text in UTF-8");
        Files.write(path, new byte[(1 << 20) + 1]);
        assertThatThrownBy(file::read).hasMessageContaining("more than");
        Files.delete(path);
        Files.createSymbolicLink(path, Path.of("/dev/zero"));
        assertThatThrownBy(file::read).hasMessageContaining("no regular file");
        assertThatThrownBy(() -> file.add(entry(1))).hasMessageContaining("no regular file");
        assertThatThrownBy(() -> new KeyFile(directory.resolve("none").resolve("keys")).add(entry(1))).hasMessageContaining("no directory");
    }

    @Test
    void change_fileForAGroup_staysReadableForIt() throws Exception {
        Files.writeString(path, "");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));

        file.add(entry(1));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-r-----");
    }

    @Test
    void add_byRootInADirectoryOfTheGateway_belongsToTheGateway() throws Exception {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(directory, "unix:uid")), "needs root");
        Path own = Files.createDirectory(directory.resolve("state"));
        Files.setAttribute(own, "unix:uid", 12345);

        new KeyFile(own.resolve("keys")).add(entry(1));

        assertThat(Files.getAttribute(own.resolve("keys"), "unix:uid")).isEqualTo(12345);
        assertThat(Files.getAttribute(own.resolve("keys.lock"), "unix:uid")).isEqualTo(12345);
    }

    @Test
    void add_linkInPlaceOfTheLock_doesNotTouchItsTarget() throws Exception {
        Path other = Files.writeString(directory.resolve("other"), "other");
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(other);
        Files.createSymbolicLink(directory.resolve("keys.lock"), other);

        assertThatThrownBy(() -> file.add(entry(1))).hasMessageContaining("cannot be changed");

        assertThat(path).doesNotExist();
        assertThat(other).hasContent("other");
        assertThat(Files.getPosixFilePermissions(other)).isEqualTo(before);
    }

    @Test
    void add_toAFileThatIsFull_leavesItReadable() throws Exception {
        Files.writeString(path, "# " + "x".repeat((1 << 20) - 10) + "\n");

        assertThatThrownBy(() -> file.add(entry(1))).hasMessageContaining("cannot be changed: it has more than");

        assertThat(file.read()).isEmpty();
    }

    private static KeyFile.Entry entry(int number) {
        String hash = String.format("%064x", number + 1);
        return new KeyFile.Entry(new AccessKey(hash, Priority.INTERACTIVE, 1, "client" + number), ADDED);
    }
}
