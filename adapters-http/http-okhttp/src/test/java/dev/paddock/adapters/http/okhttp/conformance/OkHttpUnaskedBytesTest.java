package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.UnaskedBytesTestSuite;

class OkHttpUnaskedBytesTest extends UnaskedBytesTestSuite implements OkHttpConformance {}
