package dev.paddock.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.onionArchitecture;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration;

/** Who may see whom, from the inside to the outside. */
@MainCode
class LayeringRulesTest {

    @ArchTest
    static final ArchRule the_hexagon_is_seen_from_outside_only = onionArchitecture()
            .domainModels(Packages.DOMAIN)
            .domainServices(resideInAPackage(Packages.PORT_INTERFACES))
            .applicationServices(Packages.DECORATORS, Packages.CHAIN, Packages.ROUTING, Packages.ANSWERS)
            .adapter("http", Packages.HTTP)
            .adapter("metrics", Packages.METRICS)
            .ignoreDependency(
                    resideInAnyPackage(Packages.BOOTSTRAP, Packages.TCK, Packages.TEST_KIT), DescribedPredicate.<Object>alwaysTrue())
            .because("ADR-1: values inside, ports around them, decorators and services around the ports, adapters outside");

    @ArchTest
    static final ArchRule modules_depend_on_each_other_as_in_the_diagram = classes()
            .should(adhereToPlantUmlDiagram(
                    ModuleDiagram.PATH, Configuration.consideringOnlyDependenciesInAnyPackage(Packages.ALL)))
            .because("ADR-3: the picture of the modules in the documentation is the rule");
}
