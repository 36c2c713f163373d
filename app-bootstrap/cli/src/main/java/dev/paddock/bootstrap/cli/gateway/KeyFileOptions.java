package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.CommandFailedException;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.ServerOptions.ConfigurationOption;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.value.EffectiveSetting;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.bootstrap.gateway.KeyFile;
import dev.paddock.domain.pool.PoolProfile;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name the file of API keys. */
final class KeyFileOptions {

    private static final String KEY = "paddock.gateway.access.key-file";

    @Option(names = "--file", paramLabel = "FILE", description = "The file of keys: " + KEY + ", unless given.")
    private @Nullable Path file;

    @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

    /**
     * Runs a command with the file of keys, which need not exist.
     *
     * @throws CommandFailedException if the file cannot be read or changed
     */
    <T> T with(CliContext context, Function<KeyFile, T> command) {
        Path path = file == null ? configured(context) : file;
        try {
            return command.apply(new KeyFile(path));
        } catch (InvalidValueException failed) {
            throw new CommandFailedException("the file of keys " + failed.reason(), "The file is " + path + ".");
        }
    }

    private Path configured(CliContext context) {
        return ConfigurationLoader.ofProcess()
                .withEnvironment(context.environment())
                .withOverrides("command line", configuration.overrides())
                .effective(PoolProfile.LOAD_BALANCER)
                .stream()
                .filter(setting -> setting.key().equals(KEY))
                .map(EffectiveSetting::value)
                .filter(Objects::nonNull)
                .map(Path::of)
                .findFirst()
                .orElseThrow(() -> new UsageException("no file of keys is known; give --file, or set " + KEY + " in the configuration"));
    }
}
