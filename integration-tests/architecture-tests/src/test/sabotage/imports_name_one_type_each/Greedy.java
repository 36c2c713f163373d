package dev.paddock.domain.model;

import java.util.*;

final class Greedy {
    List<String> all;
}
