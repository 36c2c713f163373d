/** Pure decorators of the typed ports: port to port, without third parties. */
@NullMarked
package dev.paddock.ports.llm.decorator;

import org.jspecify.annotations.NullMarked;
