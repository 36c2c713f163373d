package dev.paddock.unmarked;

final class Unmarked {}
