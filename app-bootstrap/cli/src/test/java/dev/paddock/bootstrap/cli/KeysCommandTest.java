package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysCommandTest {

    @TempDir
    private Path directory;

    @Test
    void add_printsTheKeyOnceAndStoresItsHash() throws Exception {
        CliRun added = run("add", "alice", "--priority", "batch", "--weight", "3");

        assertThat(added.status()).as(added.err()).isZero();
        String key = added.out().strip();
        assertThat(key).matches("paddock-[A-Za-z0-9_-]{43}");
        assertThat(added.err()).contains("only time");
        assertThat(keys()).content()
                .matches("alice \\S+Z [0-9a-f]{64} batch weight=3\n")
                .contains(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8))))
                .doesNotContain(key);
        assertThat(run("list").out()).doesNotContain(key);
    }

    @Test
    void list_showsNamesAndTimesAndNoHashes() throws Exception {
        assertThat(run("add", "bob").status()).isZero();
        assertThat(run("add", "alice", "--weight", "3").status()).isZero();

        CliRun list = run("list");

        assertThat(list.out().lines().toList()).satisfiesExactly(
                titles -> assertThat(titles).isEqualTo("NAME   ADDED                 PRIORITY     WEIGHT"),
                line -> assertThat(line).matches("bob    \\S+Z  interactive       1"),
                line -> assertThat(line).matches("alice  \\S+Z  interactive       3"));
        assertThat(list.out()).doesNotContainPattern("[0-9a-f]{64}");
        assertThat((List<?>) run("list", "--json").json().get("keys")).hasSize(2);
    }

    @Test
    void revoke_removesTheKey() {
        assertThat(run("add", "alice").status()).isZero();

        assertThat(run("revoke", "alice").out()).isEqualTo("alice is revoked\n");
        assertThat(keys()).content().isEmpty();
        CliRun again = run("revoke", "alice");
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).contains("no key with the name alice", "keys list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "key-7", "7", "a/b", "a\nb", "-"})
    void add_nameThatCannotBeALabel_isAUsageError(String name) {
        CliRun run = run("add", "--", name);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(keys()).doesNotExist();
    }

    @Test
    void add_nameInUse_failsAndPrintsNoKey() {
        assertThat(run("add", "alice").status()).isZero();

        CliRun again = run("add", "alice");

        assertThat(again.status()).isEqualTo(1);
        assertThat(again.out()).isEmpty();
        assertThat(again.err()).contains("a key with the name alice already");
    }

    @Test
    void keys_fileOfTheConfiguration_isUsed() throws Exception {
        Path configuration = Files.writeString(
                directory.resolve("paddock.conf"), "paddock.gateway.access.key-file = \"" + keys() + "\"");

        assertThat(CliRun.of("keys", "add", "alice", "--config", configuration.toString()).status()).isZero();
        assertThat(run("list").out()).contains("alice");
    }

    @Test
    void keys_withoutAFileOrAnAction_areUsageErrors() {
        assertThat(CliRun.of("keys", "list").err()).contains("--file", "paddock.gateway.access.key-file");
        assertThat(CliRun.of("keys", "list").status()).isEqualTo(2);
        assertThat(CliRun.of("keys").err()).contains("add, list and revoke");
        assertThat(CliRun.of("keys").status()).isEqualTo(2);
        assertThat(run("list").status()).as("no such file").isEqualTo(1);
    }

    private CliRun run(String action, String... arguments) {
        List<String> all = new ArrayList<>(List.of("keys", action, "--file", keys().toString()));
        all.addAll(List.of(arguments));
        return CliRun.of(all.toArray(String[]::new));
    }

    private Path keys() {
        return directory.resolve("keys");
    }
}
