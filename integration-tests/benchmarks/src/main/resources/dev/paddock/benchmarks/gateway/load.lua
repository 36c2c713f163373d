wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
@HEADERS@
wrk.body = '@BODY@'
done = function(summary, latency, requests)
  local failed = summary.errors
  io.write(string.format("reading %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    failed.status + failed.connect + failed.read + failed.write + failed.timeout))
end
