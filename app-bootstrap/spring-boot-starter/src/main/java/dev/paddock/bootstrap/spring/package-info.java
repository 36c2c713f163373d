/** Paddock as beans of a Spring Boot application. */
@NullMarked
package dev.paddock.bootstrap.spring;

import org.jspecify.annotations.NullMarked;
