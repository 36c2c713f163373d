package dev.paddock.adapters.http.exchange;

import java.net.http.HttpClient;

final class ExchangeOfThePlatform {
    HttpClient client;
}
