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
            return haproxy(directory.resolve("haproxy.cfg"), "", "", port, upstreamPort);
        }
    },

    /**
     * The same, told to do for each request what it can of what Paddock does: a line of an access log, an identity
     * that client, server and log are told, hosts and origins looked at, changing operations refused, and what
     * identifies the client taken out.
     */
    HAPROXY_DUTIES("HAProxy, same duties") {
        @Override
        List<String> command(Path directory, int port, int upstreamPort) throws IOException {
            return haproxy(directory.resolve("haproxy-duties.cfg"), "log stdout format raw local0 info", """
                      log global
                      option abortonclose
                      timeout http-request 10s
                      acl host_known req.hdr(host) -m reg -i ^(localhost|127\\.0\\.0\\.1)(:[0-9]+)?$
                      acl origin_given req.hdr(origin) -m found
                      acl origin_known req.hdr(origin) -m reg -i ^https?://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?$
                      acl reads method GET HEAD
                      acl changes path_beg /api/pull /api/push /api/create /api/copy /api/delete /api/blobs
                      http-request deny deny_status 403 unless host_known
                      http-request deny deny_status 403 if origin_given !origin_known
                      http-request deny deny_status 403 if changes !reads
                      http-request del-header cookie
                      http-request del-header authorization
                      http-request del-header x-api-key
                      unique-id-format %{+X}o%ci:%cp_%Ts_%rt:%pid
                      http-request set-header X-Request-Id %[unique-id] unless { req.hdr(x-request-id) -m found }
                      http-request set-var(txn.id) req.hdr(x-request-id)
                      http-response set-header X-Request-Id %[var(txn.id)]
                      log-format "id=%[var(txn.id)] client=%ci method=%HM path=%HP status=%ST bytes=%B \
                    queue_ms=%Tw first_ms=%Tr total_ms=%Ta backend=%s attempts=%rc outcome=%ts"
                    """, port, upstreamPort);
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

    private static List<String> haproxy(Path file, String log, String duties, int port, int upstreamPort) throws IOException {
        Path unused = Files.writeString(file, """
                global
                  nbthread 1
                  maxconn 4000
                  %s
                defaults
                  mode http
                  option http-no-delay
                  timeout connect 5s
                  timeout client 600s
                  timeout server 600s
                frontend clients
                  bind 127.0.0.1:%d
                %s
                  default_backend servers
                backend servers
                  server one 127.0.0.1:%d
                """.formatted(log, port, duties, upstreamPort));
        return List.of("haproxy", "-db", "-q", "-f", file.toString());
    }

    /** Returns what starts it in the foreground, and writes the configuration that it needs into a directory. */
    abstract List<String> command(Path directory, int port, int upstreamPort) throws IOException;
}
