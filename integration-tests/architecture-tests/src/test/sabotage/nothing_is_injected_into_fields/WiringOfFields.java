package dev.paddock.bootstrap;

import jakarta.inject.Inject;

final class WiringOfFields {
    @Inject
    Object wired;
}
