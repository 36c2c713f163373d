package dev.paddock.bootstrap.spring;

import dev.paddock.bootstrap.PaddockBuilder;

/** A bean that changes the builder of the application's client, after the starter has set its parts. */
@FunctionalInterface
public interface PaddockBuilderCustomizer {

    /** Changes the builder. What it sets beside the beans of the same kind is a problem that {@code build()} reports. */
    void customize(PaddockBuilder builder);
}
