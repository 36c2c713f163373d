package dev.paddock.architecture.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which layer may use which. */
final class LayerRules {

    private LayerRules() {}

    static List<NamedRule> of(PackageLayout layout) {
        return List.of(
                new NamedRule("layers_are_used_downwards_only", layers(layout)
                        .because("ports depend on the domain, adapters on both, and nothing depends on the wiring. Instead of calling "
                                + "upwards, state what is needed as a port and let the upper layer implement it")),
                new NamedRule("named_packages_have_classes", classes()
                        .should(coverEveryPackage(layout.named()))
                        .because("a rule about a package that does not exist always passes. Instead of keeping the old name, correct or "
                                + "remove it where the rules are built")));
    }

    private static LayeredArchitecture layers(PackageLayout layout) {
        LayeredArchitecture layers = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("Domain").definedBy(layout.domain().toArray(String[]::new))
                .layer("Ports").definedBy(layout.ports().toArray(String[]::new))
                .layer("Adapters").definedBy(layout.adapterLayer())
                .optionalLayer("Bootstrap").definedBy(layout.bootstrap().toArray(String[]::new))
                .optionalLayer("Unrestricted").definedBy(layout.unrestricted().toArray(String[]::new))
                .whereLayer("Domain").mayNotAccessAnyLayer()
                .whereLayer("Ports").mayOnlyAccessLayers("Domain")
                .whereLayer("Adapters").mayOnlyAccessLayers("Domain", "Ports")
                .whereLayer("Bootstrap").mayOnlyAccessLayers("Domain", "Ports", "Adapters")
                .whereLayer("Unrestricted").mayNotBeAccessedByAnyLayer();
        return layers.ensureAllClassesAreContainedInArchitecture();
    }

    private static ArchCondition<JavaClass> coverEveryPackage(List<String> packages) {
        return new ArchCondition<>("cover every package that is named") {
            private final Set<String> missing = new LinkedHashSet<>(packages);

            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                if (!javaClass.getSimpleName().equals("package-info")) {
                    missing.removeIf(name -> PackageLayout.matches(name, javaClass));
                }
            }

            @Override
            public void finish(ConditionEvents events) {
                for (String name : new ArrayList<>(missing)) {
                    events.add(SimpleConditionEvent.violated(name, "no class resides in " + name));
                }
                missing.clear();
                missing.addAll(packages); // the rule may be checked again
            }
        };
    }
}
