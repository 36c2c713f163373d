package dev.paddock.architecture.rules;

import com.example.shop.domain.Order;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The example of docs/architecture-rules.md: the rules applied to the packages of another project. */
class ShopArchitectureTest {

    @Test
    void shop_keepsTheRules() {
        ArchitectureRules.builder()
                .domain("com.example.shop.domain..")
                .ports("com.example.shop.ports..")
                .adapters("com.example.shop.adapters.web..", "com.example.shop.adapters.jdbc..")
                .bootstrap("com.example.shop.app..")
                .thirdParty("JDBC", "java.sql..").onlyIn("com.example.shop.adapters.jdbc..")
                .content(Order.class.getName())
                .build()
                .check(new ClassFileImporter().importPackages("com.example.shop"));
    }
}
