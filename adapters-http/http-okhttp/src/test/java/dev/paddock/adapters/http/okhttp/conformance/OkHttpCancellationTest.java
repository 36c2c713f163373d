package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.CancellationTestSuite;

class OkHttpCancellationTest extends CancellationTestSuite implements OkHttpConformance {}
