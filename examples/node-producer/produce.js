#!/usr/bin/env node
// Publishes a job on Kafka and waits for its end. It knows of unity-mlops only its contract: the topics and their Avro schemas.
//
// Exit code: 0 the model is registered, 1 the job failed, 2 the job file is wrong, 3 the job was refused, 4 Kafka, the registry or the
// pipeline does not answer.

import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { COMPATIBILITY, SchemaRegistry, SchemaType } from "@kafkajs/confluent-schema-registry";
import kafkajs from "kafkajs";
import { parse } from "yaml";

const { Kafka, Partitioners, logLevel } = kafkajs;
const RELEASES = new URL("../../schemas/released/", import.meta.url);
const TOLD_ON = ["model-registered", "job-failed", "job-rejected", "job-progress"];
const [DONE, FAILED, BAD_INPUT, REFUSED, NO_ANSWER] = [0, 1, 2, 3, 4];

class BadInput extends Error {}

async function main() {
  const options = argumentsGiven();
  try {
    const schema = newestSchema("job-requested");
    const job = options.job ? readJob(options.job, JSON.parse(schema)) : smallDryJob();
    console.error(`job ${job.job_id}`);
    return await publishAndWait(options, schema, job);
  } catch (problem) {
    console.error(problem instanceof BadInput ? problem.message : `${problem.name}: ${problem.message}`);
    return problem instanceof BadInput ? BAD_INPUT : NO_ANSWER;
  }
}

function argumentsGiven() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      "bootstrap-servers": { type: "string", default: "localhost:29092" },
      "schema-registry-url": { type: "string", default: "http://localhost:8081" },
      "topic-prefix": { type: "string", default: "" },
      timeout: { type: "string", default: "3600" }, // seconds to wait for the end of the job
    },
  });
  return { ...values, job: positionals[0] };
}

/** The value schema of a topic as it was released last; any release would do, they all read each other. */
function newestSchema(topic) {
  const number = (release) => release.split(".").map(Number);
  const [newest] = readdirSync(RELEASES).sort((a, b) => {
    const [one, other] = [number(a), number(b)];
    const at = one.findIndex((part, i) => part !== other[i]);
    return at < 0 ? 0 : other[at] - one[at];
  });
  return readFileSync(new URL(`${newest}/${topic}.avsc`, RELEASES), "utf8");
}

function smallDryJob() {
  return {
    job_id: `node-${randomUUID()}`,
    asset_spec: {
      asset_id: "node-001",
      name: "NodeAgent",
      description: "Reach the target.",
      observation_space: JSON.stringify({ target_position: 2, velocity: 2 }),
      action_space: JSON.stringify({ type: "continuous", size: 2 }),
    },
    rl_config: { algorithm: "PPO", max_steps: 10000, num_envs: 1 },
  };
}

function readJob(file, jobRequested) {
  let content;
  try {
    content = parse(readFileSync(file, "utf8"));
  } catch (problem) {
    throw new BadInput(`${file} cannot be read: ${problem.message}`);
  }
  const job = asAvro(content, jobRequested.fields.find((field) => field.name === "job").type, "job");
  if (typeof job.job_id !== "string") {
    throw new BadInput("job.job_id is missing, or is not text");
  }
  return job;
}

/** A value of a job file as Avro takes it: mappings where the schema has text become JSON text, unknown fields are told. */
function asAvro(value, type, where) {
  if (Array.isArray(type)) {
    // every union of a job is null or one type
    return value === null ? null : asAvro(value, type.find((it) => it !== "null"), where);
  }
  if (type === "string" && value !== null && typeof value === "object") {
    return JSON.stringify(value);
  }
  return type.type === "record" ? asRecord(value, type, where) : value;
}

function asRecord(value, type, where) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new BadInput(`${where} must be a mapping, not ${JSON.stringify(value)}`);
  }
  const types = new Map(type.fields.map((field) => [field.name, field.type]));
  const unknown = Object.keys(value).filter((name) => !types.has(name));
  if (unknown.length > 0) {
    throw new BadInput(`unknown in ${where}: ${unknown.sort().join(", ")}; there are: ${[...types.keys()].sort().join(", ")}`);
  }
  // an empty value means the default
  const given = Object.entries(value).filter(([, it]) => it !== null);
  return Object.fromEntries(given.map(([name, it]) => [name, asAvro(it, types.get(name), `${where}.${name}`)]));
}

async function publishAndWait(options, schema, job) {
  const registry = new SchemaRegistry({ host: options["schema-registry-url"] });
  const kafka = new Kafka({
    clientId: "node-producer",
    brokers: options["bootstrap-servers"].split(","),
    logLevel: logLevel.NOTHING,
  });
  const topic = `${options["topic-prefix"]}job-requested`;
  // without the level that the pipeline's subjects have, this client would set one of its own
  const { id } = await registry.register(
    { type: SchemaType.AVRO, schema },
    { subject: `${topic}-value`, compatibility: COMPATIBILITY.FULL_TRANSITIVE },
  );
  const now = new Date();
  const value = await encoded(registry, id, { job, requested_by: "node-producer", requested_at: now.getTime() });
  const watcher = await watch(kafka, registry, options["topic-prefix"], job.job_id);
  try {
    await publish(kafka, topic, { key: job.job_id, value, headers: headers(job.job_id, now) });
    return await within(Number(options.timeout), watcher.end, job.job_id);
  } finally {
    await watcher.stop();
  }
}

async function encoded(registry, id, event) {
  try {
    return await registry.encode(id, event);
  } catch (problem) {
    throw problem.paths ? new BadInput(`the job does not fit the schema: ${problem.paths.map((it) => it.join("."))}`) : problem;
  }
}

/** CloudEvents 1.0 in Kafka's binary mode, and the beginning of a trace. */
function headers(jobId, now) {
  return {
    ce_specversion: "1.0",
    ce_id: randomUUID(),
    ce_type: "dev.unitymlops.job-requested",
    ce_source: "/node-producer",
    ce_subject: jobId,
    ce_time: now.toISOString(),
    "content-type": "application/avro",
    traceparent: `00-${randomBytes(16).toString("hex")}-${randomBytes(8).toString("hex")}-01`,
  };
}

async function publish(kafka, topic, message) {
  const producer = kafka.producer({ idempotent: true, createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    await producer.send({ topic, acks: -1, messages: [message] });
  } finally {
    await producer.disconnect();
  }
}

/** Reads what the pipeline says from now on, committed events only. */
async function watch(kafka, registry, prefix, jobId) {
  const topics = TOLD_ON.map((name) => prefix + name);
  const ends = await endsOf(kafka, topics);
  const consumer = kafka.consumer({ groupId: `node-producer-${randomUUID()}`, readUncommitted: false });
  let tell;
  const end = new Promise((resolve, reject) => {
    tell = { resolve, reject };
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || tell.reject(payload.error));
  await consumer.connect();
  await consumer.subscribe({ topics });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, message }) => {
      if (message.key?.toString() !== jobId) {
        return;
      }
      const code = told(topic.slice(prefix.length), await registry.decode(message.value));
      if (code !== undefined) {
        tell.resolve(code);
      }
    },
  });
  ends.forEach((at) => consumer.seek(at));
  return { end, stop: () => consumer.disconnect() };
}

/** Where the topics end now: the job's own events come after that, however long it takes to join a group. */
async function endsOf(kafka, topics) {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = await Promise.all(
      topics.map(async (topic) => (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => ({ topic, partition, offset: high }))),
    );
    return offsets.flat();
  } finally {
    await admin.disconnect();
  }
}

async function within(seconds, end, jobId) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`job ${jobId} did not end in time`)), seconds * 1000);
  });
  try {
    return await Promise.race([end, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Prints what an event says; the exit code when it is the job's end. */
function told(topic, event) {
  switch (topic) {
    case "model-registered": {
      const models = event.models.map(({ behavior, name, version, uri, sha256 }) => ({ behavior, name, version, uri, sha256 }));
      console.log(JSON.stringify({ job_id: event.job_id, dry_run: event.dry_run, models, reason: event.reason }));
      return DONE;
    }
    case "job-failed":
      console.error(`failed at ${event.stage}, ${event.cause}: ${event.messages.join("; ")}`);
      return FAILED;
    case "job-rejected":
      console.error([`refused, ${event.reason}:`, ...event.problems.map((it) => `${it.field}: ${it.message}`)].join("\n  "));
      return REFUSED;
    default:
      console.error(`${event.stage}: ${event.phase}`);
      if (event.stage === "BUILD" && event.phase === "duplicate") {
        console.error("this job was published before with the same content; give it another job_id");
        return REFUSED;
      }
      return undefined;
  }
}

process.exit(await main());
