/** State that several processes may share. Without a store each process has its own. */
@NullMarked
package dev.paddock.ports.sharedstate;

import org.jspecify.annotations.NullMarked;
