package dev.paddock.architecture.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What adapters may use, and where third parties may be seen. */
final class AdapterRules {

    private AdapterRules() {}

    static List<NamedRule> of(PackageLayout layout) {
        List<NamedRule> rules = new ArrayList<>();
        rules.add(new NamedRule("adapters_do_not_see_each_other", slices()
                .assignedFrom(slicesOf("one for each adapter", javaClass -> sliceOf(layout.adapters(), javaClass)))
                .should().notDependOnEachOther()
                .because("each adapter can be used and replaced without the others. Instead, let them meet in a port, or move what they "
                        + "share to a package that is declared as shared")));
        rules.add(new NamedRule("adapters_start_no_raw_threads", classes()
                .that().resideInAnyPackage(layout.adapterLayer())
                .should(Conditions.notAccess("create a thread by its constructor", AdapterRules::createsThread))
                .because("a thread needs a name, an owner and an end. Instead of new Thread, use Thread.ofVirtual() or ofPlatform() with a "
                        + "name, or an executor that is closed with the adapter")));
        rules.add(new NamedRule("packages_are_free_of_cycles", slices()
                .assignedFrom(slicesOf("the domain and every other package", javaClass -> packageSlice(layout, javaClass)))
                .should().beFreeOfCycles()
                .because("packages are read and changed one at a time. The domain counts as one slice, because its values refer to each "
                        + "other. Instead, move the type that closes the cycle to the package that uses it, or to a package below both")));
        layout.thirdParties().forEach(library -> rules.add(confined(library)));
        return rules;
    }

    private static NamedRule confined(PackageLayout.Library library) {
        String name = library.name().replaceAll("\\W+", "_").toLowerCase(Locale.ROOT);
        List<String> users = library.users();
        return new NamedRule(name + "_is_confined", noClasses()
                .that().resideOutsideOfPackages(users.toArray(String[]::new))
                .should().dependOnClassesThat(PackageLayout.in(library.packages()))
                .because("a library that is used in one place can be replaced in one place. Instead, use " + library.name() + " in "
                        + (users.isEmpty() ? "no package" : String.join(", ", users)) + " and give the rest of the code a type of its own"));
    }

    private static boolean createsThread(JavaAccess<?> access) {
        return access.getTarget().getName().equals("<init>") && access.getTargetOwner().isAssignableTo(Thread.class)
                && !access.getOriginOwner().isAssignableTo(Thread.class);
    }

    private static SliceIdentifier sliceOf(List<String> packages, JavaClass javaClass) {
        return packages.stream()
                .filter(name -> PackageLayout.matches(name, javaClass))
                .findFirst()
                .map(SliceIdentifier::of)
                .orElseGet(SliceIdentifier::ignore);
    }

    private static SliceIdentifier packageSlice(PackageLayout layout, JavaClass javaClass) {
        if (layout.all().stream().noneMatch(name -> PackageLayout.matches(name, javaClass))) {
            return SliceIdentifier.ignore();
        }
        boolean domain = layout.domain().stream().anyMatch(name -> PackageLayout.matches(name, javaClass));
        return SliceIdentifier.of(domain ? "domain" : javaClass.getPackageName());
    }

    private static SliceAssignment slicesOf(String description, Function<JavaClass, SliceIdentifier> identifier) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return identifier.apply(javaClass);
            }

            @Override
            public String getDescription() {
                return description;
            }
        };
    }
}
