/** The whole system for measurements and soaks: a gateway, simulated servers whose answers prove their question, and a store. */
@NullMarked
package dev.paddock.wholesystem;

import org.jspecify.annotations.NullMarked;
