package dev.paddock.domain.model;

final class Unfinished {
    // TODO finish
}
