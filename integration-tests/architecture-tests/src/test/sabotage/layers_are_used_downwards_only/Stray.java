package dev.paddock.elsewhere;

final class Stray {}
