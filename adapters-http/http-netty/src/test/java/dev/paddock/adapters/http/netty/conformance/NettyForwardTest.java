package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.ForwardTestSuite;

class NettyForwardTest extends ForwardTestSuite implements NettyConformance {}
