package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessKey;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.gateway.KeyFile;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds an API key. */
@Command(
        name = "add",
        description = "Makes an API key and prints it, this one time. Only its hash is stored.")
public final class KeyAddCommand extends CliCommand {

    private static final int KEY_BYTES = 32;

    /** Begins each key, so that tools that look for secrets in files recognise it. */
    private static final String PREFIX = "paddock-";

    @Parameters(paramLabel = "NAME", description = "The name of the client, for the access log and the metrics.")
    private String name = "";

    @Option(
            names = "--priority",
            paramLabel = "PRIORITY",
            defaultValue = "interactive",
            description = "The highest priority of its requests: interactive (default) or batch.")
    private Priority priority = Priority.INTERACTIVE;

    @Option(
            names = "--weight",
            paramLabel = "N",
            defaultValue = "1",
            description = "Its share of the admission queue, 1 to 100: ${DEFAULT-VALUE}.")
    private int weight = 1;

    @Mixin private final KeyFileOptions file = new KeyFileOptions();

    @Override
    protected ExitStatus run() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        KeyFile.Entry entry = new KeyFile.Entry(accessKey(AccessKey.hashOf(key)), Instant.now());
        boolean unused = file.with(context(), keys -> {
            keys.add(entry);
            return true;
        });
        terminal().result(
                common().json() ? new JsonObjectBuilder().put("name", name).put("key", key).toJson() : key);
        terminal().note("This is the only time that the key is shown.");
        return ExitStatus.OK;
    }

    private AccessKey accessKey(String hash) {
        try {
            return new AccessKey(hash, priority, weight, name);
        } catch (InvalidRequestException invalid) {
            throw new UsageException(String.valueOf(invalid.getMessage()));
        }
    }
}
