package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.BodyTestSuite;

class NettyBodyTest extends BodyTestSuite implements NettyConformance {}
