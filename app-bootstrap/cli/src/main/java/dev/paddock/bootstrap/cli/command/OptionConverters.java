package dev.paddock.bootstrap.cli.command;

import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.bootstrap.config.value.ValueParsers;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.model.KeepAlive;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.generation.Thinking;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The converters of option values whose types the parser of the command line does not know. */
public final class OptionConverters {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(ms|s|m|h|d)");

    private OptionConverters() {}

    /** Registers the converters for a command and all of its subcommands. */
    public static void register(CommandLine commandLine) {
        commandLine
                .registerConverter(BaseUrl.class, OptionConverters::baseUrl)
                .registerConverter(ModelName.class, OptionConverters::modelName)
                .registerConverter(Duration.class, OptionConverters::duration)
                .registerConverter(KeepAlive.class, OptionConverters::keepAlive)
                .registerConverter(Thinking.class, OptionConverters::thinking);
    }

    private static BaseUrl baseUrl(String text) {
        try {
            return ValueParsers.baseUrl().read(text);
        } catch (InvalidValueException invalid) {
            throw new TypeConversionException("it " + invalid.reason());
        }
    }

    static ModelName modelName(String text) {
        return domainValue(text, ModelName::new);
    }

    private static <T> T domainValue(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (InvalidRequestException invalid) {
            throw new TypeConversionException(invalid.getMessage());
        }
    }

    /** Converts non-negative durations: {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1.5h}, {@code 1d}, {@code PT30S}, {@code 0}. */
    public static Duration duration(String value) {
        String text = value.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (matcher.matches()) {
            double amount = Double.parseDouble(matcher.group(1));
            return Duration.ofNanos(Math.round(amount * nanosOf(matcher.group(2))));
        }
        return text.equals("0") ? Duration.ZERO : isoDuration(text);
    }

    private static Duration isoDuration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException notIso) {
            // falls through to the common message
        }
        throw new TypeConversionException("'" + text + "' is not a duration; write 500ms, 30s, 2m or 1h");
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 86_400_000_000_000L;
        };
    }

    /** Converts the time for which a model stays loaded: a duration, {@code 0}, or {@code forever} or {@code -1}. */
    static KeepAlive keepAlive(String value) {
        return switch (value) {
            case "forever", "-1" -> KeepAlive.forever();
            case "0" -> KeepAlive.of(Duration.ZERO);
            default -> KeepAlive.of(duration(value));
        };
    }

    /** Converts the reasoning effort of a model. */
    static Thinking thinking(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "off", "false", "no" -> Thinking.OFF;
            case "on", "true", "yes" -> Thinking.ON;
            case "low" -> Thinking.LOW;
            case "medium" -> Thinking.MEDIUM;
            case "high" -> Thinking.HIGH;
            case "max" -> Thinking.MAX;
            default ->
                throw new TypeConversionException(
                        "'" + value + "' is not one of off, on, low, medium, high, max");
        };
    }
}
