// Bounded load of registrations: each request is another person; slots in turn. Prints autocannon's figures as JSON.
import { createRequire } from "node:module";

const [, , modules, address, slots, amount, connections, prefix] = process.argv;
const autocannon = createRequire(modules)("autocannon");
const codes = slots.split(",");
let number = 0;

const options = {
  url: address,
  connections: Number(connections),
  amount: Number(amount),
  timeout: 30,
  requests: [
    {
      method: "POST",
      path: "/api/v1/registrations",
      headers: { "content-type": "application/json" },
      setupRequest(request) {
        number += 1;
        const slot = codes[number % codes.length];
        const key = `${prefix}-${number}`;
        return {
          ...request,
          headers: { ...request.headers, "idempotency-key": key },
          body: `{"slot":"${slot}","name":"Personne ${number}","email":"${key}@example.ca","language":"fr","consents":["registration"]}`,
        };
      },
    },
  ],
};

// autocannon ends on a whole second: the time that counts is that of the last answer.
const started = performance.now();
let answered = started;
const result = await new Promise((resolve, reject) => {
  const load = autocannon(options, (error, figures) => (error ? reject(error) : resolve(figures)));
  load.on("response", () => {
    answered = performance.now();
  });
});

console.log(
  JSON.stringify({
    accepted: result.statusCodeStats["201"]?.count ?? 0,
    refused: result.statusCodeStats["409"]?.count ?? 0,
    errors: result.errors + result.timeouts,
    seconds: (answered - started) / 1000,
    p50: result.latency.p50,
    p99: result.latency.p99,
  }),
);
