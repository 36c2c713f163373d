package dev.paddock.architecture.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the domain and the ports may use of the world: values, collections, and time that is passed in. */
final class CoreRules {

    private static final List<String> PLATFORM =
            List.of("java.lang..", "java.util..", "java.time..", "java.math..", "org.jspecify.annotations");
    private static final Set<String> REFLECTION = Set.of(
            "forName", "newInstance", "getMethod", "getDeclaredMethod", "getMethods", "getDeclaredMethods", "getField",
            "getDeclaredField", "getFields", "getDeclaredFields", "getConstructor", "getDeclaredConstructor", "getConstructors",
            "getDeclaredConstructors", "getClassLoader");
    private static final Set<String> ENVIRONMENT = Set.of("getenv", "getProperty", "getProperties");

    private CoreRules() {}

    static List<NamedRule> of(PackageLayout layout) {
        String[] core = layout.core();
        return List.of(
                new NamedRule("the_domain_sees_only_itself", seesOnly(layout.domain(), layout.domain())
                        .because("everything may depend on the domain, so it depends on nothing. Instead, pass the value in, or state "
                                + "a port for it")),
                new NamedRule("the_ports_see_only_the_core", seesOnly(layout.ports(), List.of(core))
                        .because("a port is stated in the vocabulary of the domain. Instead of a third party's type, use or add a type of "
                                + "the domain and translate in the adapter")),
                new NamedRule("the_core_does_not_log", no(core)
                        .should().dependOnClassesThat(resideInAnyPackage(Loggers.PACKAGES))
                        .orShould().dependOnClassesThat().areAssignableTo(System.Logger.class)
                        .because("the core reports by results, exceptions and measurements. Instead, log in the adapter or bootstrap that "
                                + "handles them")),
                new NamedRule("the_core_reads_no_clock", no(core)
                        .should().callMethod(System.class, "nanoTime")
                        .orShould().callMethod(System.class, "currentTimeMillis")
                        .orShould().callMethod(Instant.class, "now")
                        .orShould().dependOnClassesThat().areAssignableTo(Clock.class)
                        .because("tests control time. Instead, pass a ticker or an instant in")),
                new NamedRule("the_core_reads_no_environment", classes().that().resideInAnyPackage(core)
                        .should(Conditions.notAccess("read the environment", CoreRules::readsEnvironment))
                        .because("only the bootstrap knows where settings come from. Instead, pass the setting in as a value")),
                new NamedRule("the_core_uses_no_reflection", classes().that().resideInAnyPackage(core)
                        .should(Conditions.notAccess("use reflection", CoreRules::isReflective))
                        .because("reflection reaches what the compiler and these rules cannot see. Instead, call the type directly, or "
                                + "let the bootstrap pass an instance in")),
                new NamedRule("public_types_beside_the_ports_are_interfaces", publicPortTypes(layout)
                        .should().beInterfaces()
                        .because("a port says what can be asked, not how. Instead, move values to the domain and classes to an adapter or "
                                + "to a package below the port's")),
                new NamedRule("public_types_beside_the_ports_are_called_port", publicPortTypes(layout)
                        .should().haveSimpleNameEndingWith("Port")
                        .because("a port is found by its name. Instead of another suffix, call it ...Port, or move it to the domain")),
                new NamedRule("ports_declare_no_checked_exception", methods()
                        .that().areDeclaredInClassesThat(PackageLayout.in(layout.ports()))
                        .should(Conditions.declareNoCheckedException())
                        .because("failures cross a port as the domain's own unchecked exceptions. Instead, translate the exception in the "
                                + "adapter")));
    }

    private static GivenClassesConjunction no(String... packages) {
        return noClasses().that().resideInAnyPackage(packages);
    }

    private static ArchRule seesOnly(List<String> packages, List<String> visible) {
        String[] allowed = Stream.concat(PLATFORM.stream(), visible.stream()).toArray(String[]::new);
        return classes()
                .that(PackageLayout.in(packages))
                .should().onlyDependOnClassesThat(resideInAnyPackage(allowed));
    }

    private static GivenClassesConjunction publicPortTypes(PackageLayout layout) {
        return classes()
                .that(Conditions.resideDirectlyBelow(layout.ports()))
                .and().arePublic().and().areTopLevelClasses();
    }

    private static boolean readsEnvironment(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(System.class) && ENVIRONMENT.contains(access.getTarget().getName());
    }

    private static boolean isReflective(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        return (owner.equals("java.lang.Class") && REFLECTION.contains(access.getTarget().getName()))
                || owner.startsWith("java.lang.reflect.")
                || owner.equals("java.lang.ClassLoader")
                || owner.startsWith("java.lang.invoke.MethodHandle")
                || owner.equals("java.util.ServiceLoader");
    }
}
