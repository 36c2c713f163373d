package dev.paddock.bootstrap.cli;

import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.command.ServerOptions;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.value.EffectiveSetting;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.domain.pool.PoolProfile;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the configuration that applies, and where each value comes from. */
@Command(
        name = "config",
        description = "Shows every setting that applies and where it is set, without secrets; then checks the configuration. "
                + "The notation is that of the configuration file.")
final class ConfigCommand extends CliCommand {

    @Mixin private final ServerOptions server = new ServerOptions();

    @Option(names = "--changed", description = "Show only settings that are not the defaults.")
    private boolean changed;

    @Option(names = "--serve", description = "Show the settings of 'serve', whose pool has another profile.")
    private boolean serve;

    @Override
    protected ExitStatus run() {
        ConfigurationLoader loader = ConfigurationLoader.ofProcess()
                .withEnvironment(context().environment())
                .withTransports(Transports.names())
                .withOverrides("command line", server.overrides());
        List<EffectiveSetting> settings = loader.effective(serve ? PoolProfile.LOAD_BALANCER : PoolProfile.DEFAULT).stream()
                .filter(setting -> !changed || !setting.isDefault())
                .toList();
        if (common().json()) {
            terminal().result(new JsonObjectBuilder()
                    .put("settings", settings.stream().map(ConfigCommand::toJson).toList())
                    .toJson());
        } else {
            settings.forEach(setting -> terminal().result(toLine(setting)));
        }
        GatewayConfiguration.load(loader);
        return ExitStatus.OK;
    }

    private static Map<String, Object> toJson(EffectiveSetting setting) {
        return new JsonObjectBuilder()
                .put("key", setting.key())
                .put("value", setting.value())
                .put("default", setting.isDefault())
                .put("origin", setting.origin())
                .toMap();
    }

    private static String toLine(EffectiveSetting setting) {
        String line = setting.key() + " = " + setting.value();
        return setting.isDefault() ? line : line + "  # " + setting.origin();
    }
}
