package dev.paddock.adapters.http.netty.begun;

import dev.paddock.tck.transport.CancellationTestSuite;

class BegunCancellationTest extends CancellationTestSuite implements BegunOnTheLoop {}
