package dev.paddock.bootstrap.cli;

import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.BaseUrl;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the base URL of a server. */
final class BaseUrlConverter implements ITypeConverter<BaseUrl> {

    @Override
    public BaseUrl convert(String value) {
        try {
            return BaseUrl.parse(value);
        } catch (InvalidRequestException invalid) {
            throw new TypeConversionException(invalid.getMessage());
        }
    }
}
