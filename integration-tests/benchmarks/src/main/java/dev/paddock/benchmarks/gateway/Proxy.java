package dev.paddock.benchmarks.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What can stand before a server. */
enum Proxy {

    /** One thread, which is how it costs least for each request; no piece of a stream is kept back; no log. */
    HAPROXY("HAProxy") {
        @Override
        List<String> command(Path directory, int port, int upstreamPort) throws IOException {
            Path file = Files.writeString(directory.resolve("haproxy.cfg"), """
                    global
                      nbthread 1
                      maxconn 4000
                    defaults
                      mode http
                      option http-no-delay
                      timeout connect 5s
                      timeout client 600s
                      timeout server 600s
                    frontend clients
                      bind 127.0.0.1:%d
                      default_backend servers
                    backend servers
                      server one 127.0.0.1:%d
                    """.formatted(port, upstreamPort));
            return List.of("haproxy", "-db", "-q", "-f", file.toString());
        }
    },

    /** One worker; nothing is buffered, so that a stream passes as it comes; no log. */
    NGINX("nginx") {
        @Override
        List<String> command(Path directory, int port, int upstreamPort) throws IOException {
            Path file = Files.writeString(directory.resolve("nginx.conf"), """
                    worker_processes 1;
                    daemon off;
                    pid %1$s/nginx.pid;
                    error_log %1$s/nginx.log crit;
                    events { worker_connections 4096; }
                    http {
                      access_log off;
                      client_body_temp_path %1$s/bodies;
                      client_body_buffer_size 1m;
                      client_max_body_size 100m;
                      keepalive_requests 1000000000;
                      upstream servers { server 127.0.0.1:%3$d; keepalive 512; keepalive_requests 1000000000; }
                      server {
                        listen 127.0.0.1:%2$d backlog=4096;
                        location / {
                          proxy_pass http://servers;
                          proxy_http_version 1.1;
                          proxy_set_header Connection "";
                          proxy_buffering off;
                          proxy_request_buffering off;
                        }
                      }
                    }
                    """.formatted(directory, port, upstreamPort));
            return List.of("nginx", "-c", file.toString(), "-p", directory.toString(), "-e", directory + "/nginx-start.log");
        }
    },

    /** As its command starts it, with its access log. */
    PADDOCK("Paddock") {
        @Override
        List<String> command(Path directory, int port, int upstreamPort) {
            return List.of("./paddock", "serve", "--port", Integer.toString(port), "--base-url",
                    "http://127.0.0.1:" + upstreamPort);
        }
    };

    private final String label;

    Proxy(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Returns what starts it in the foreground, and writes the configuration that it needs into a directory. */
    abstract List<String> command(Path directory, int port, int upstreamPort) throws IOException;
}
