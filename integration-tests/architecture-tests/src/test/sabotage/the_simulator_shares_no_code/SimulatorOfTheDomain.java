package dev.paddock.adapters.http.sim;

import dev.paddock.domain.model.ModelName;

final class SimulatorOfTheDomain {
    ModelName model;
}
