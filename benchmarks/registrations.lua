-- Registrations for wrk: each request is another person; slots in turn. Prints its figures as JSON.
local number, codes, prefix = 0, {}, os.getenv("PREFIX")
for code in string.gmatch(os.getenv("SLOTS"), "[^,]+") do codes[#codes + 1] = code end

request = function()
  number = number + 1
  local key = prefix .. "-" .. number
  return wrk.format("POST", "/api/v1/registrations",
    { ["content-type"] = "application/json", ["idempotency-key"] = key },
    string.format('{"slot":"%s","name":"Personne %d","email":"%s@example.ca","language":"fr","consents":["registration"]}',
      codes[number % #codes + 1], number, key))
end

done = function(summary, latency)
  local broken = summary.errors
  io.write(string.format('\n{"accepted":%d,"refused":%d,"errors":%d,"seconds":%f,"p50":%.1f,"p99":%.1f}\n',
    summary.requests - broken.status, broken.status, broken.connect + broken.read + broken.write + broken.timeout,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
