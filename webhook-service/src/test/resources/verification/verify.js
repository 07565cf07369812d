// Reads lines of JSON {secret, headers, body} and says of each whether a receiver would take it.
import { createInterface } from "node:readline";
import { Webhook } from "standardwebhooks";

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, headers, body } = JSON.parse(line);
  try {
    const message = new Webhook(secret).verify(body, headers);
    console.log(`ok ${message.type}`);
  } catch (problem) {
    console.log(`refused ${problem.message}`);
  }
}
