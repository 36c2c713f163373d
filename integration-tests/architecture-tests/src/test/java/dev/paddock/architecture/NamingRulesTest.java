package dev.paddock.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.google.inject.Module;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What things are called. */
@MainCode
class NamingRulesTest {

    @ArchTest
    static final ArchRule guice_modules_live_in_the_bootstrap = classes()
            .that().areAssignableTo(Module.class)
            .should().resideInAPackage(Packages.BOOTSTRAP)
            .andShould().haveSimpleNameEndingWith("Module")
            .allowEmptyShould(true) // the wiring need not be by Guice
            .because("ADR-3: wiring is found by its name and in one place");

    @ArchTest
    static final ArchRule guice_modules_are_hidden_but_the_entry = classes()
            .that().areAssignableTo(Module.class)
            .and(are(DescribedPredicate.not(simpleName("PaddockModule"))))
            .should().bePackagePrivate()
            .allowEmptyShould(true) // one module may be enough
            .because("ADR-3: PaddockModule is the one module that another application installs");
}
