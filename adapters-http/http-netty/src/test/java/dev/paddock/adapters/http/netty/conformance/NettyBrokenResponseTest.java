package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.BrokenResponseTestSuite;

class NettyBrokenResponseTest extends BrokenResponseTestSuite implements NettyConformance {}
