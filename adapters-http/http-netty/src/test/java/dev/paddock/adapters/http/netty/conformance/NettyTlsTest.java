package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.TlsTestSuite;

class NettyTlsTest extends TlsTestSuite implements NettyConformance {}
