package dev.paddock.bootstrap.cli;

import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.model.ModelName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a model. */
final class ModelNameConverter implements ITypeConverter<ModelName> {

    @Override
    public ModelName convert(String value) {
        try {
            return new ModelName(value);
        } catch (InvalidRequestException invalid) {
            throw new TypeConversionException(invalid.getMessage());
        }
    }
}
