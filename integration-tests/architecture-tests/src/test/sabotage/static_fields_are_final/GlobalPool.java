package dev.paddock.adapters.http.pool;

final class GlobalPool {
    static GlobalPool instance;
}
