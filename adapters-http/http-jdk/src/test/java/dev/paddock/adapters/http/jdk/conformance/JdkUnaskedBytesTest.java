package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.UnaskedBytesTestSuite;

class JdkUnaskedBytesTest extends UnaskedBytesTestSuite implements JdkConformance {}
