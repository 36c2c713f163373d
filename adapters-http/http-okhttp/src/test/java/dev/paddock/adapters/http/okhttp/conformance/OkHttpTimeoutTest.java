package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.TimeoutTestSuite;

class OkHttpTimeoutTest extends TimeoutTestSuite implements OkHttpConformance {}
