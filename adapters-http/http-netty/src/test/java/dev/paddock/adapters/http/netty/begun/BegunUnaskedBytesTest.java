package dev.paddock.adapters.http.netty.begun;

import dev.paddock.tck.transport.UnaskedBytesTestSuite;

class BegunUnaskedBytesTest extends UnaskedBytesTestSuite implements BegunOnTheLoop {}
