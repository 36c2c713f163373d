package dev.paddock.adapters.http.netty.begun;

import dev.paddock.tck.transport.ForwardTestSuite;

class BegunForwardTest extends ForwardTestSuite implements BegunOnTheLoop {}
