package dev.paddock.adapters.http.netty.begun;

import dev.paddock.tck.transport.ConnectionReuseTestSuite;

class BegunConnectionReuseTest extends ConnectionReuseTestSuite implements BegunOnTheLoop {}
