package dev.paddock.bootstrap.cli.generation;

import dev.paddock.bootstrap.cli.command.CommonOptions.StreamOption;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.ModelOption;
import dev.paddock.bootstrap.cli.command.ServerCommand;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.generation.AnswerPrinter.AnswerChunk;
import dev.paddock.bootstrap.cli.generation.AnswerPrinter.StreamedAnswer;
import dev.paddock.bootstrap.cli.generation.GenerationOptions.PromptArgument;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.PromptSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Completes a prompt. */
@Command(name = "generate", description = "Lets a model complete a prompt.")
public final class GenerateCommand extends ServerCommand {

    @Mixin private final PromptArgument prompt = new PromptArgument();
    @Mixin private final ModelOption model = new ModelOption();
    @Mixin private final GenerationOptions generation = new GenerationOptions();
    @Mixin private final StreamOption stream = new StreamOption();

    @Override
    protected ExitStatus run() {
        GenerationSettings settings = generation.settings();
        PromptSettings promptSettings = promptSettings();
        String text = prompt.readRequired(terminal());
        return inSession(session -> {
            answer(session, new GenerateRequest(
                    model.choose(context(), session, ModelOption.COMPLETION), text, promptSettings, settings));
            return ExitStatus.OK;
        });
    }

    private void answer(Session session, GenerateRequest request) {
        AnswerPrinter printer = new AnswerPrinter(terminal(), common());
        if (stream.isStreaming(common())) {
            printer.print(() -> session.llm().generateStream(request, session.newCall()), AnswerChunk::of, new StreamedAnswer());
            return;
        }
        printer.print(() -> AnswerChunk.of(session.llm().generate(request, session.newCall())));
    }

    private PromptSettings promptSettings() {
        PromptSettings settings = PromptSettings.DEFAULT.withImages(generation.images());
        String system = generation.system();
        return system == null ? settings : settings.withSystem(system);
    }
}
