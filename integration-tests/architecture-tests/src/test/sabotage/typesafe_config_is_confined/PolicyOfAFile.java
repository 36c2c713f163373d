package dev.paddock.adapters.http.resilience;

import com.typesafe.config.Config;

final class PolicyOfAFile {
    Config config;
}
