package dev.paddock.bootstrap.gateway;

import static dev.paddock.bootstrap.config.value.ValueParsers.wholeNumber;

import dev.paddock.bootstrap.config.source.SettingReader;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.domain.documents.PassagePrompt;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.model.ModelName;

/** Makes the settings of answers from documents from keys. */
final class QueryAssembly {

    private final SettingReader reader;

    QueryAssembly(SettingReader reader) {
        this.reader = reader;
    }

    QuerySettings assemble() {
        return new QuerySettings(
                reader.find("paddock.query.model", QueryAssembly::model),
                new PassagePrompt(reader.read("paddock.query.characters", wholeNumber(PassagePrompt.LEAST, PassagePrompt.MOST))));
    }

    private static ModelName model(String text) {
        try {
            return new ModelName(text);
        } catch (InvalidRequestException invalid) {
            throw new InvalidValueException("is not usable: " + invalid.getMessage());
        }
    }
}
