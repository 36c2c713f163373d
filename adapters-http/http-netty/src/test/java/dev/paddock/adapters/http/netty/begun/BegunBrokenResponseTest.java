package dev.paddock.adapters.http.netty.begun;

import dev.paddock.tck.transport.BrokenResponseTestSuite;

class BegunBrokenResponseTest extends BrokenResponseTestSuite implements BegunOnTheLoop {}
