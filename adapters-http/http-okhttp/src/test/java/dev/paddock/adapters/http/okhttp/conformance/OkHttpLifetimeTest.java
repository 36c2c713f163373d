package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.LifetimeTestSuite;

class OkHttpLifetimeTest extends LifetimeTestSuite implements OkHttpConformance {}
