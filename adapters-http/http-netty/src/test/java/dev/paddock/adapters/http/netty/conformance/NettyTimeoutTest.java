package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.TimeoutTestSuite;

class NettyTimeoutTest extends TimeoutTestSuite implements NettyConformance {}
