/** What the tests of several modules share: waiting, parallel calls, captured logs, manual time. */
@NullMarked
package dev.paddock.testsupport;

import org.jspecify.annotations.NullMarked;
