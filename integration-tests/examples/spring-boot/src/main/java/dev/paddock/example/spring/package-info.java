/** A Spring Boot application that asks models. */
@NullMarked
package dev.paddock.example.spring;

import org.jspecify.annotations.NullMarked;
