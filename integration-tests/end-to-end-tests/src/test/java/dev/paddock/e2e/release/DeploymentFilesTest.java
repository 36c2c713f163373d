package dev.paddock.e2e.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.cli.Cli;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The files for deployments fit to the gateway: its options, its configuration, its port, its endpoints and the time of its shutdown. */
class DeploymentFilesTest {

    private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path DEPLOY = PROJECT.resolve("docs/deploy");
    private static final int PORT = 11435;

    @TempDir
    private Path directory;

    @Test
    void unit_sectionsAndKeys_areThoseThatItNeeds() throws IOException {
        Map<String, List<String>> unit = unit();

        assertThat(unit.keySet()).allMatch(key -> key.matches("(Unit|Service|Install)\\.[A-Z]\\w+"));
        assertThat(unit.get("Service.ExecStart")).containsExactly("/opt/paddock/bin/paddock serve");
        assertThat(unit.get("Service.Environment")).contains("PADDOCK_CONFIG=/etc/paddock/paddock.conf");
        assertThat(unit.get("Service.DynamicUser")).containsExactly("yes");
        assertThat(unit.get("Install.WantedBy")).containsExactly("multi-user.target");
        // The compiler of the JVM writes into executable memory.
        assertThat(unit).doesNotContainKey("Service.MemoryDenyWriteExecute");
        long drain = configuration(DEPLOY.resolve("systemd/paddock.conf")).gateway().drainTimeout().toSeconds();
        assertThat(Long.parseLong(unit.get("Service.TimeoutStopSec").getFirst())).isGreaterThan(drain);
    }

    @Test
    void compose_ofTheGateway_fitsToIt() throws IOException {
        Map<?, ?> compose = object(yaml("compose/compose.yaml").getFirst());
        Map<?, ?> gateway = object(object(compose.get("services")).get("paddock"));

        assertOptions(list(gateway.get("command")));
        assertThat(gateway.get("ports")).isEqualTo(List.of("127.0.0.1:" + PORT + ":" + PORT));
        for (Object service : object(compose.get("services")).values()) {
            for (Object volume : object(service).get("volumes") instanceof List<?> volumes ? volumes : List.of()) {
                String from = volume.toString().split(":")[0];
                if (from.startsWith(".")) {
                    assertThat(DEPLOY.resolve("compose").resolve(from)).exists();
                }
            }
        }
        assertThat(object(list(object(list(object(yaml("compose/prometheus.yml").getFirst()).get("scrape_configs")).getFirst()).get("static_configs"))
                .getFirst()).get("targets")).isEqualTo(List.of("paddock:" + PORT));
        yaml("compose/grafana-datasource.yml");
        yaml("compose/grafana-boards.yml");
    }

    @Test
    void kubernetes_deployment_fitsToTheGateway() throws IOException {
        Map<String, Map<?, ?>> objects = new HashMap<>();
        yaml("kubernetes/paddock.yaml").forEach(document -> objects.put((String) object(document).get("kind"), object(document)));
        Map<?, ?> pod = object(object(object(objects.get("Deployment").get("spec")).get("template")).get("spec"));
        Map<?, ?> container = object(list(pod.get("containers")).getFirst());

        assertThat(objects).containsOnlyKeys("ConfigMap", "Deployment", "Service");
        assertOptions(list(container.get("args")));
        assertThat(object(list(container.get("ports")).getFirst()).get("containerPort")).isEqualTo(PORT);
        assertThat(object(object(container.get("livenessProbe")).get("httpGet")).get("path")).isEqualTo("/healthz");
        assertThat(object(object(container.get("readinessProbe")).get("httpGet")).get("path")).isEqualTo("/readyz");
        assertThat(object(container.get("securityContext")).get("readOnlyRootFilesystem")).isEqualTo(true);
        String text = (String) object(objects.get("ConfigMap").get("data")).get("paddock.conf");
        Path file = Files.writeString(directory.resolve("paddock.conf"), text.replace("${PADDOCK_KEY_HASHES}", "\"" + "a".repeat(64) + "\""));
        GatewayConfiguration configuration = configuration(file);
        assertThat(configuration.gateway().access().keys()).hasSize(1);
        assertThat(object(objects.get("Service").get("metadata")).containsKey("annotations")).as("a scrape by annotations, which has no key").isFalse();
        assertThat((int) pod.get("terminationGracePeriodSeconds")).isGreaterThan((int) configuration.gateway().drainTimeout().toSeconds());
    }

    @Test
    void workflows_andDependabot_nameWhatThereIs() throws IOException {
        Path github = PROJECT.resolve(".github");
        for (Object update : list(object(read(github.resolve("dependabot.yml")).getFirst()).get("updates"))) {
            assertThat(PROJECT.resolve(((String) object(update).get("directory")).substring(1))).isDirectory();
        }
        for (String workflow : List.of("build.yml", "release.yml")) {
            Map<?, ?> content = object(read(github.resolve("workflows").resolve(workflow)).getFirst());
            assertThat(object(content.get("jobs"))).isNotEmpty();
            assertThat(content.get("permissions")).isNotNull();
        }
        for (String script : List.of("mvnw", ".ci/release", ".ci/reproducible", ".ci/api-compatibility")) {
            assertThat(PROJECT.resolve(script)).isExecutable();
        }
    }

    @Test
    void wrapper_ofMaven_hasAChecksumAndNoJar() throws IOException {
        Path wrapper = PROJECT.resolve(".mvn/wrapper");

        assertThat(Files.readString(wrapper.resolve("maven-wrapper.properties")))
                .contains("distributionType=only-script")
                .containsPattern("distributionUrl=.*/apache-maven-3\\.\\d+\\.\\d+-bin\\.zip")
                .containsPattern("distributionSha256Sum=[0-9a-f]{64}");
        assertThat(wrapper.resolve("maven-wrapper.jar")).doesNotExist();
        assertThat(Files.readString(PROJECT.resolve("mvnw.cmd")).replace("\r\n", "")).doesNotContain("\n");
    }

    private static void assertOptions(List<?> arguments) {
        assertThat(arguments.getFirst()).isEqualTo("serve");
        List<String> known = new ArrayList<>();
        Objects.requireNonNull(Cli.commands().getSubcommands().get("serve")).getCommandSpec().options()
                .forEach(option -> known.addAll(List.of(option.names())));
        assertThat(arguments.stream().map(String::valueOf).filter(argument -> argument.startsWith("--"))).isSubsetOf(known);
    }

    private static GatewayConfiguration configuration(Path file) {
        return GatewayConfiguration.load(ConfigurationLoader.ofDefaults().withEnvironment(Map.of("PADDOCK_CONFIG", file.toString())));
    }

    /** Returns the values of the unit by section and key. */
    private static Map<String, List<String>> unit() throws IOException {
        Map<String, List<String>> values = new HashMap<>();
        String section = "";
        for (String line : Files.readAllLines(DEPLOY.resolve("systemd/paddock.service"))) {
            if (line.startsWith("[")) {
                section = line.substring(1, line.length() - 1);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("=", 2);
                assertThat(parts).as(line).hasSize(2);
                values.computeIfAbsent(section + "." + parts[0], key -> new ArrayList<>()).add(parts[1]);
            }
        }
        return values;
    }

    private static List<Object> yaml(String file) throws IOException {
        return read(DEPLOY.resolve(file));
    }

    private static List<Object> read(Path file) throws IOException {
        return StreamSupport.stream(new Yaml().loadAll(Files.readString(file)).spliterator(), false).toList();
    }

    private static Map<?, ?> object(Object value) {
        return (Map<?, ?>) value;
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }
}
