package dev.paddock.bootstrap.cli;

import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.PromptSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets a model complete a prompt. */
@Command(name = "generate", description = "Lets a model complete a prompt.")
final class GenerateCommand implements Callable<Integer> {

    @Mixin private final PromptArgument prompt = new PromptArgument();
    @Mixin private final ModelOption model = new ModelOption();
    @Mixin private final GenerationOptions generation = new GenerationOptions();
    @Mixin private final StreamOption stream = new StreamOption();
    @Mixin private final ServerOptions server = new ServerOptions();
    @Mixin private final CommonOptions common = new CommonOptions();

    private final CliContext context;

    GenerateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        GenerationSettings settings = generation.settings();
        PromptSettings promptSettings = promptSettings();
        String text = prompt.readRequired(context.terminal());
        return new SessionRunner(context.sessions()).run(server, session -> {
            ModelChoice choice = new ModelChoice(context, ModelChoice.COMPLETION);
            answer(session, new GenerateRequest(choice.choose(session, model), text, promptSettings, settings));
            return ExitStatus.OK.code();
        });
    }

    private void answer(ActiveSession session, GenerateRequest request) {
        AnswerPrinter printer = new AnswerPrinter(context.terminal(), common);
        if (stream.isStreaming(common)) {
            printer.print(session.llm().generateStream(request, session.newCall()), AnswerChunk::of);
            return;
        }
        printer.print(AnswerChunk.of(session.llm().generate(request, session.newCall())));
    }

    private PromptSettings promptSettings() {
        PromptSettings settings = PromptSettings.DEFAULT.withImages(generation.images());
        String system = generation.system();
        return system == null ? settings : settings.withSystem(system);
    }
}
