package dev.paddock.architecture.rules;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;

import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What no code of the project does, whatever its layer. */
final class CodingRules {

    private CodingRules() {}

    static List<NamedRule> of(PackageLayout layout) {
        List<NamedRule> rules = new ArrayList<>(threads(layout));
        rules.addAll(output(layout));
        rules.addAll(style());
        return rules;
    }

    private static List<NamedRule> threads(PackageLayout layout) {
        return List.of(
                new NamedRule("no_thread_sleeps", classes()
                        .should(Conditions.notAccess("sleep", access -> isTo(access, Thread.class, "sleep")
                                || isTo(access, TimeUnit.class, "sleep")))
                        .because("only an interrupt ends a sleep early. Instead, wait on a condition, a latch or a scheduled task that can be "
                                + "cancelled")),
                new NamedRule("threads_are_interrupted_to_restore_the_flag_only", classes()
                        .that(not(PackageLayout.in(layout.unrestricted())))
                        .should(Conditions.notAccess("interrupt a thread unless an InterruptedException was caught", access ->
                                isTo(access, Thread.class, "interrupt") && !catchesInterruptedException(access)))
                        .because("an interrupt reaches code that does not expect it. Instead, close the resource that the thread waits for")));
    }

    private static List<NamedRule> output(PackageLayout layout) {
        List<NamedRule> rules = new ArrayList<>();
        rules.add(new NamedRule("loggers_are_private_static_final", fields()
                .that().haveRawType(System.Logger.class).or().haveRawType("org.slf4j.Logger")
                .should().bePrivate().andShould().beStatic().andShould().beFinal()
                .allowEmptyShould(true) // few classes log, and none has to
                .because("a logger belongs to one class. Instead of sharing it, give each class its own constant")));
        rules.add(new NamedRule("standard_streams_belong_to_command_lines", noClasses()
                .that().resideOutsideOfPackages(layout.commandLines().toArray(String[]::new)).and().haveSimpleNameNotEndingWith("Main")
                .should(ACCESS_STANDARD_STREAMS)
                .because("a library does not own the terminal. Instead, return the text, or log it")));
        if (!layout.content().isEmpty()) {
            rules.add(new NamedRule("content_is_not_logged", classes()
                    .should(Conditions.notLog(layout.content()))
                    .because("requests and answers hold secrets. Instead, log sizes, identifiers and outcomes, in a method that does not "
                            + "handle the content itself")));
        }
        return rules;
    }

    private static List<NamedRule> style() {
        return List.of(
                new NamedRule("nothing_is_injected_into_fields", noFields()
                        .should(BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION)
                        .because("everything can be built by plain constructors. Instead, inject through the constructor")),
                new NamedRule("static_fields_are_final", fields()
                        .that().areStatic()
                        .should().beFinal()
                        .because("there is no global state. Instead, hold the state in an object that is passed in")),
                new NamedRule("optional_is_no_field", noFields()
                        .should().haveRawType(Optional.class)
                        .because("Optional is the result of a method. Instead, use a @Nullable field")),
                new NamedRule("optional_is_no_parameter", noCodeUnits()
                        .should().haveRawParameterTypes(anyElementThat(type(Optional.class)))
                        .because("Optional is the result of a method. Instead, use a @Nullable parameter or a second method")),
                new NamedRule("public_concrete_classes_are_final", classes()
                        .that().arePublic().and().areTopLevelClasses()
                        .and().areNotInterfaces().and().areNotEnums().and().doNotHaveModifier(ABSTRACT)
                        .should().haveModifier(FINAL)
                        .because("inheritance from a class that was not made for it breaks with every change. Instead, make it final and "
                                + "offer an interface, or make it abstract")),
                new NamedRule("exceptions_are_called_exception", classes()
                        .that().areAssignableTo(Throwable.class)
                        .should().haveSimpleNameEndingWith("Exception")
                        .allowEmptyShould(true) // a project need not have exceptions of its own
                        .because("a name says what a thing is. Instead of another suffix, call it ...Exception")),
                new NamedRule("no_generic_exception_is_thrown", noClasses()
                        .should(THROW_GENERIC_EXCEPTIONS)
                        .because("callers cannot tell generic exceptions apart. Instead, throw the specific exception of the domain")),
                new NamedRule("names_say_what_a_class_is_for", noClasses()
                        .should().haveNameMatching(".*(Impl|Implementation|Helper|Helpers|Util|Utils|Utilities)")
                        .because("such a name fits every class. Instead, name it after what it does or how it does it")));
    }

    private static boolean isTo(JavaAccess<?> access, Class<?> owner, String name) {
        return access.getTarget().getName().equals(name) && access.getTargetOwner().isAssignableTo(owner);
    }

    private static boolean catchesInterruptedException(JavaAccess<?> access) {
        return access.getOrigin().getTryCatchBlocks().stream()
                .flatMap(block -> block.getCaughtThrowables().stream())
                .anyMatch(caught -> caught.isEquivalentTo(InterruptedException.class));
    }
}
