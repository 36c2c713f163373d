package dev.paddock.architecture.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a team sees that applies the rules to packages of its own, and breaks them. */
class ArchitectureRulesTest {

    @TempDir
    private Path directory;

    /** One line of code for each rule, in the package of the example that the rule is about. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "layers_are_used_downwards_only       | ports        | Broken | final class Broken { com.example.shop.app.Shop shop; }",
        "the_domain_sees_only_itself          | domain       | Broken | final class Broken { java.io.File file; }",
        "the_ports_see_only_the_core          | ports        | Broken | final class Broken { java.net.URI uri; }",
        "the_core_does_not_log                | domain       | Broken | final class Broken { System.Logger logger; }",
        "the_core_reads_no_clock              | domain       | Broken | final class Broken { long now() { return System.nanoTime(); } }",
        "the_core_reads_no_environment        | domain       | Broken | final class Broken { String home() { return System.getenv(\"HOME\"); } }",
        "the_core_uses_no_reflection          | domain       | Broken | final class Broken { Object load() throws Exception { return Class.forName(\"x\"); } }",
        "the_core_uses_no_reflection          | domain       | Broken | final class Broken { Object call(java.lang.reflect.Method m) throws Exception { return m.invoke(this); } }",
        "public_types_beside_the_ports_are_interfaces  | ports | BrokenPort | public final class BrokenPort {}",
        "public_types_beside_the_ports_are_called_port | ports | Broken | public interface Broken {}",
        "ports_declare_no_checked_exception   | ports        | Broken | interface Broken { void ask() throws java.util.concurrent.TimeoutException; }",
        "adapters_do_not_see_each_other       | adapters.web | Broken | final class Broken { com.example.shop.adapters.jdbc.TableOrders orders; }",
        "adapters_start_no_raw_threads        | adapters.web | Broken | final class Broken { void run() { new Thread(() -> {}).start(); } }",
        "jdbc_is_confined                     | adapters.web | Broken | final class Broken { java.sql.Connection connection; }",
        "no_thread_sleeps                     | adapters.web | Broken | final class Broken { void run() throws Exception { Thread.sleep(1); } }",
        "threads_are_interrupted_to_restore_the_flag_only | app | Broken | final class Broken { void stop(Thread t) { t.interrupt(); } }",
        "loggers_are_private_static_final     | adapters.web | Broken | final class Broken { System.Logger logger; }",
        "standard_streams_belong_to_command_lines | adapters.web | Broken | final class Broken { void say() { System.out.println(); } }",
        "content_is_not_logged                | adapters.web | Broken | final class Broken { static final System.Logger LOG = System.getLogger(\"x\"); void take(com.example.shop.domain.Order order) { LOG.log(System.Logger.Level.INFO, order.toString()); } }",
        "static_fields_are_final              | app          | Broken | final class Broken { static int count; }",
        "optional_is_no_field                 | app          | Broken | final class Broken { java.util.Optional<String> name; }",
        "optional_is_no_parameter             | app          | Broken | final class Broken { void name(java.util.Optional<String> name) {} }",
        "public_concrete_classes_are_final    | app          | Broken | public class Broken {}",
        "exceptions_are_called_exception      | app          | Broken | final class Broken extends RuntimeException {}",
        "no_generic_exception_is_thrown       | app          | Broken | final class Broken { void fail() { throw new RuntimeException(); } }",
        "names_say_what_a_class_is_for        | app          | BrokenUtils | final class BrokenUtils {}",
    })
    void check_brokenRule_namesTheClassAndWhatToDoInstead(String rule, String part, String type, String code)
            throws IOException {
        JavaClasses classes = shopWith(part, type, code);

        assertThatThrownBy(() -> rule(rule).check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("com.example.shop." + part + "." + type)
                .hasMessageContaining("Instead");
    }

    @Test
    void check_cycleOfPackages_isFound() throws IOException {
        JavaClasses classes = shopWith(
                "adapters.web.first", "First", "public final class First { com.example.shop.adapters.web.second.Second other; }",
                "adapters.web.second", "Second", "public final class Second { com.example.shop.adapters.web.first.First other; }");

        assertThatThrownBy(() -> rule("packages_are_free_of_cycles").check(classes)).hasMessageContaining("Cycle detected");
    }

    @Test
    void check_severalBrokenRules_reportsAll() throws IOException {
        JavaClasses classes = shopWith("app", "BrokenUtils", "public class BrokenUtils { static int count; }");

        assertThatThrownBy(() -> shop().build().check(classes))
                .hasMessageContaining("names_say_what_a_class_is_for")
                .hasMessageContaining("static_fields_are_final")
                .hasMessageContaining("public_concrete_classes_are_final");
    }

    @Test
    void check_misspeltPackage_failsEachTime() {
        NamedRule rule = find(shop().adapters("com.example.shop.adaptors.mail..").build(), "named_packages_have_classes");
        JavaClasses classes = new ClassFileImporter().importPackages("com.example.shop");

        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> rule.check(classes)).hasMessageContaining("no class resides in com.example.shop.adaptors.mail..");
        }
    }

    @Test
    void build_withoutPackages_namesEveryProblem() {
        assertThatThrownBy(() -> ArchitectureRules.builder().bootstrap("a..").ports("a..").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no package of the domain")
                .hasMessageContaining("no package of the adapters")
                .hasMessageContaining("a.. is given two roles");
    }

    @Test
    void rules_haveUniqueNames() {
        assertThat(shop().build().rules()).extracting(NamedRule::name).doesNotHaveDuplicates().hasSizeGreaterThan(25);
    }

    private static ArchitectureRules.Builder shop() {
        return ArchitectureRules.builder()
                .domain("com.example.shop.domain..")
                .ports("com.example.shop.ports..")
                .adapters("com.example.shop.adapters.web..", "com.example.shop.adapters.jdbc..")
                .bootstrap("com.example.shop.app..")
                .thirdParty("JDBC", "java.sql..").onlyIn("com.example.shop.adapters.jdbc..")
                .content("com.example.shop.domain.Order");
    }

    private static NamedRule rule(String name) {
        return find(shop().build(), name);
    }

    private static NamedRule find(ArchitectureRules rules, String name) {
        return rules.rules().stream().filter(rule -> rule.name().equals(name)).findFirst().orElseThrow();
    }

    /** Returns the classes of the example together with further ones: for each, the part of the example, its name and its code. */
    private JavaClasses shopWith(String... additions) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", directory.resolve("classes").toString()));
        for (int index = 0; index < additions.length; index += 3) {
            Path file = directory.resolve(additions[index + 1] + ".java");
            Files.writeString(file, "package com.example.shop." + additions[index] + ";\n" + additions[index + 2]);
            arguments.add(file.toString());
        }
        Files.createDirectories(directory.resolve("classes"));
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).as("the additional classes compile").isZero();
        Path shop = Path.of("target/test-classes/com/example/shop");
        return new ClassFileImporter().importPaths(shop, directory.resolve("classes"));
    }
}
