package dev.paddock.elsewhere;

final class ClassOutsideEveryLayer {}
