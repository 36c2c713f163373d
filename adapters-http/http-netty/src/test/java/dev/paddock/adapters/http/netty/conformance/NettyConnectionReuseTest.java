package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.ConnectionReuseTestSuite;

class NettyConnectionReuseTest extends ConnectionReuseTestSuite implements NettyConformance {}
