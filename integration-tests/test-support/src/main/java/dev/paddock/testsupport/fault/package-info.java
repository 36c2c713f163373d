/** Faults of connections as values: on what a scripted server sends, or in a forwarder before any server. */
@NullMarked
package dev.paddock.testsupport.fault;

import org.jspecify.annotations.NullMarked;
