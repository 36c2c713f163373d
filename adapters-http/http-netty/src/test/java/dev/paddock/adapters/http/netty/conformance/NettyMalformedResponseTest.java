package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.MalformedResponseTestSuite;

class NettyMalformedResponseTest extends MalformedResponseTestSuite implements NettyConformance {}
