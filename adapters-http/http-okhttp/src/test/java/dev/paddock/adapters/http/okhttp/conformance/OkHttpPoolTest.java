package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.PoolTestSuite;

class OkHttpPoolTest extends PoolTestSuite implements OkHttpConformance {}
