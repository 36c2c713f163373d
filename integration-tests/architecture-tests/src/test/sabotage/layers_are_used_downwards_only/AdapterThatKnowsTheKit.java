package dev.paddock.adapters.metrics.dropwizard;

import dev.paddock.tck.TestKit;

final class AdapterThatKnowsTheKit {
    TestKit kit = new TestKit();
}
