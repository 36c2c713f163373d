package dev.paddock.bootstrap.cli;

import dev.paddock.domain.model.generation.Thinking;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how much a model shall reason. */
final class ThinkingConverter implements ITypeConverter<Thinking> {

    @Override
    public Thinking convert(String value) {
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
