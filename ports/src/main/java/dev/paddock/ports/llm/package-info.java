/** The typed ports: what a model can be asked, and what models there are. */
@NullMarked
package dev.paddock.ports.llm;

import org.jspecify.annotations.NullMarked;
