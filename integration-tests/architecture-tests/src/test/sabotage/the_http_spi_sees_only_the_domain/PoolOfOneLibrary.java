package dev.paddock.adapters.http.pool;

import org.apache.hc.client5.http.classic.HttpClient;

final class PoolOfOneLibrary {
    HttpClient client;
}
