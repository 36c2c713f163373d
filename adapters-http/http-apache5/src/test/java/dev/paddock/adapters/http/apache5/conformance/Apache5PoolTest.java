package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.PoolTestSuite;

class Apache5PoolTest extends PoolTestSuite implements Apache5Conformance {}
