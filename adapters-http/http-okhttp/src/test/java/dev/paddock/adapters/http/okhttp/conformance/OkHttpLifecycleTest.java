package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.LifecycleTestSuite;

class OkHttpLifecycleTest extends LifecycleTestSuite implements OkHttpConformance {}
