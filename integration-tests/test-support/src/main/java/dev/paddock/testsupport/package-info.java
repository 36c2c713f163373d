/** What the tests of several modules share: waiting, parallel calls, captured logs, manual time, a client of bytes. */
@NullMarked
package dev.paddock.testsupport;

import org.jspecify.annotations.NullMarked;
