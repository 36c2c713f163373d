package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.UnaskedBytesTestSuite;

class NettyUnaskedBytesTest extends UnaskedBytesTestSuite implements NettyConformance {}
