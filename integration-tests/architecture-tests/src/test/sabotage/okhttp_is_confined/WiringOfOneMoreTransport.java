package dev.paddock.bootstrap;

import okhttp3.OkHttpClient;

final class WiringOfOneMoreTransport {
    OkHttpClient client;
}
