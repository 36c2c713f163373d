package dev.paddock.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
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

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Optional;

/** What no code of ours does, wherever it is. */
@MainCode
class CodingRulesTest {

    @ArchTest
    static final ArchRule nobody_uses_java_util_logging = noClasses()
            .should().dependOnClassesThat().resideInAPackage("java.util.logging..")
            .because("ADR-13: who embeds us chooses the log; we speak to System.Logger");

    @ArchTest
    static final ArchRule nobody_uses_slf4j = noClasses()
            .should().dependOnClassesThat().resideInAPackage("org.slf4j..")
            .because("ADR-13: SLF4J is there for libraries of others; we speak to System.Logger");

    @ArchTest
    static final ArchRule loggers_are_private_static_final = fields()
            .that().haveRawType(System.Logger.class)
            .should().bePrivate().andShould().beStatic().andShould().beFinal()
            .allowEmptyShould(true) // few classes log, and none has to
            .because("ADR-13: a logger belongs to one class");

    @ArchTest
    static final ArchRule nothing_is_injected_into_fields = noFields()
            .should(BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION)
            .because("ADR-3: everything can be built by plain constructors");

    @ArchTest
    static final ArchRule standard_streams_belong_to_command_lines = noClasses()
            .that().resideOutsideOfPackage(Packages.CLI).and().haveSimpleNameNotEndingWith("Main")
            .should(ACCESS_STANDARD_STREAMS)
            .because("ADR-13: a library does not talk to somebody else's terminal");

    @ArchTest
    static final ArchRule nobody_sleeps = classes()
            .should(Conditions.notSleep())
            .because("ADR-6: whoever sleeps can be stopped by an interrupt only");

    @ArchTest
    static final ArchRule nobody_is_interrupted = classes()
            // The kit interrupts threads to see that nothing comes of it but a cancellation.
            .that().resideOutsideOfPackage(Packages.TCK)
            .should(Conditions.interruptOnlyToRestoreTheFlag())
            .because("ADR-6: a cancellation closes the connection, it never interrupts a thread");

    @ArchTest
    static final ArchRule static_fields_are_final = fields()
            .that().areStatic()
            .should().beFinal()
            .because("ADR-13: there is no global state");

    @ArchTest
    static final ArchRule optional_is_no_field = noFields()
            .should().haveRawType(Optional.class)
            .because("ADR-13: Optional is the answer of a method; absence elsewhere is @Nullable");

    @ArchTest
    static final ArchRule optional_is_no_parameter = noCodeUnits()
            .should().haveRawParameterTypes(anyElementThat(type(Optional.class)))
            .because("ADR-13: Optional is the answer of a method; absence elsewhere is @Nullable");

    @ArchTest
    static final ArchRule public_concrete_classes_are_final = classes()
            .that().arePublic().and().areTopLevelClasses()
            .and().areNotInterfaces().and().areNotEnums().and().doNotHaveModifier(ABSTRACT)
            .should().haveModifier(FINAL)
            .because("ADR-13: nobody inherits from what was not made for it");
}
