#!/usr/bin/env python3
"""Publishes a job on Kafka and waits for its end. It knows of unity-mlops only its contract: the topics and their Avro schemas.

Exit code: 0 the model is registered, 1 the job failed, 2 the job file is wrong, 3 the job was refused, 4 Kafka, the registry or the pipeline
does not answer.
"""

import argparse
import json
import os
import sys
import time
import uuid
from datetime import datetime, timezone
from pathlib import Path

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient, SchemaRegistryError
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext, SerializationError
from httpx import TransportError
from ruamel.yaml import YAML, YAMLError

RELEASES = Path(__file__).resolve().parents[2] / "schemas" / "released"
ENDS = ("model-registered", "job-failed", "job-rejected")
ANSWER_SECONDS = 10
NO_LEADER = (KafkaError.NOT_LEADER_FOR_PARTITION, KafkaError.LEADER_NOT_AVAILABLE, KafkaError.UNKNOWN_TOPIC_OR_PART)
DONE, FAILED, BAD_INPUT, REFUSED, NO_ANSWER = range(5)


class BadInput(Exception):
    pass


class NoAnswer(Exception):
    pass


def main():
    options = arguments()
    try:
        schema = newest_schema("job-requested")
        job = read_job(options.job, json.loads(schema)) if options.job else small_dry_job()
        print(f"job {job['job_id']}", file=sys.stderr)
        return publish_and_wait(options, schema, job)
    except BadInput as wrong:
        print(wrong, file=sys.stderr)
        return BAD_INPUT
    except (NoAnswer, KafkaException, SchemaRegistryError, SerializationError, TransportError) as down:
        print(f"{type(down).__name__}: {down}", file=sys.stderr)
        return NO_ANSWER


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job", nargs="?", help="a job file, YAML or JSON; without one a small dry job under a new id")
    parser.add_argument("--bootstrap-servers", default="localhost:29092")
    parser.add_argument("--schema-registry-url", default="http://localhost:8081")
    parser.add_argument("--topic-prefix", default="")
    parser.add_argument("--timeout", type=float, default=3600, help="seconds to wait for the end of the job (default %(default)s)")
    return parser.parse_args()


def newest_schema(topic):
    """The value schema of a topic as it was released last; any release would do, they all read each other."""
    releases = sorted(RELEASES.iterdir(), key=lambda release: [int(part) for part in release.name.split(".")])
    return (releases[-1] / f"{topic}.avsc").read_text()


def small_dry_job():
    return {
        "job_id": f"python-{uuid.uuid4()}",
        "asset_spec": {
            "asset_id": "python-001",
            "name": "PythonAgent",
            "description": "Reach the target.",
            "observation_space": json.dumps({"target_position": 2, "velocity": 2}),
            "action_space": json.dumps({"type": "continuous", "size": 2}),
        },
        "rl_config": {"algorithm": "PPO", "max_steps": 10000, "num_envs": 1},
    }


def read_job(file, job_requested):
    try:
        content = YAML(typ="safe").load(Path(file))
    except (OSError, YAMLError) as wrong:
        raise BadInput(f"{file} cannot be read: {wrong}") from wrong
    job_type = next(field["type"] for field in job_requested["fields"] if field["name"] == "job")
    job = as_avro(content, job_type, "job")
    if not isinstance(job.get("job_id"), str):
        raise BadInput("job.job_id is missing, or is not text")
    return job


def as_avro(value, avro_type, where):
    """A value of a job file as Avro takes it: mappings where the schema has text become JSON text, unknown fields are told."""
    if isinstance(avro_type, list):  # every union of a job is null or one type
        return None if value is None else as_avro(value, next(it for it in avro_type if it != "null"), where)
    if avro_type == "string" and isinstance(value, (dict, list)):
        return json.dumps(value)
    if isinstance(avro_type, dict) and avro_type["type"] == "record":
        return as_record(value, avro_type, where)
    return value


def as_record(value, avro_type, where):
    if not isinstance(value, dict):
        raise BadInput(f"{where} must be a mapping, not {value!r}")
    types = {field["name"]: field["type"] for field in avro_type["fields"]}
    unknown = sorted(set(value) - set(types))
    if unknown:
        raise BadInput(f"unknown in {where}: {', '.join(unknown)}; there are: {', '.join(sorted(types))}")
    # an empty value means the default
    return {name: as_avro(it, types[name], f"{where}.{name}") for name, it in value.items() if it is not None}


def publish_and_wait(options, schema, job):
    registry = SchemaRegistryClient({"url": options.schema_registry_url})
    serialize = AvroSerializer(registry, schema)
    topic = options.topic_prefix + "job-requested"
    now = datetime.now(timezone.utc)
    event = {"job": job, "requested_by": "python-producer", "requested_at": now}
    try:
        value = serialize(event, SerializationContext(topic, MessageField.VALUE))
    except (TypeError, ValueError) as wrong:
        raise BadInput(f"the job does not fit the schema: {wrong}") from wrong
    watcher = Watcher(options, registry)
    try:
        publish(options, topic, job["job_id"], value, headers(job["job_id"], now))
        return watcher.wait(job["job_id"], time.monotonic() + options.timeout)
    finally:
        watcher.close()


def headers(job_id, now):
    """CloudEvents 1.0 in Kafka's binary mode, and the beginning of a trace."""
    return {
        "ce_specversion": "1.0",
        "ce_id": str(uuid.uuid4()),
        "ce_type": "dev.unitymlops.job-requested",
        "ce_source": "/python-producer",
        "ce_subject": job_id,
        "ce_time": now.isoformat(),
        "content-type": "application/avro",
        "traceparent": f"00-{os.urandom(16).hex()}-{os.urandom(8).hex()}-01",
    }


def publish(options, topic, key, value, record_headers):
    """With librdkafka's own partitioner: it need not be Java's."""
    refused = []
    producer = Producer({"bootstrap.servers": options.bootstrap_servers, "enable.idempotence": True})
    producer.produce(
        topic, key=key, value=value, headers=record_headers, on_delivery=lambda error, _: error and refused.append(error)
    )
    if producer.flush(ANSWER_SECONDS) > 0:
        raise NoAnswer(f"{options.bootstrap_servers} did not take the job within {ANSWER_SECONDS} s")
    if refused:
        raise KafkaException(refused[0])


class Watcher:
    """Reads what the pipeline says from now on. It needs no group: nothing of it is worth keeping."""

    def __init__(self, options, registry):
        self.prefix = options.topic_prefix
        self.deserialize = AvroDeserializer(registry)
        self.consumer = Consumer(
            {
                "bootstrap.servers": options.bootstrap_servers,
                "group.id": "python-producer",
                "enable.auto.commit": False,
                "isolation.level": "read_committed",
            }
        )
        self.consumer.assign([at for topic in (*ENDS, "job-progress") for at in self.ends_of(self.prefix + topic)])

    def ends_of(self, topic):
        known = self.consumer.list_topics(topic, timeout=ANSWER_SECONDS).topics[topic]
        if known.error is not None:
            raise KafkaException(known.error)
        for partition in known.partitions:
            yield TopicPartition(topic, partition, self.end_of(TopicPartition(topic, partition)))

    def end_of(self, partition):
        """A partition has no leader for a moment after it was created or a broker went; it gets one."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            try:
                return self.consumer.get_watermark_offsets(partition, timeout=ANSWER_SECONDS)[1]
            except KafkaException as error:
                if error.args[0].code() not in NO_LEADER or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def wait(self, job_id, deadline):
        while (left := deadline - time.monotonic()) > 0:
            record = self.consumer.poll(min(left, 1.0))
            if record is None:
                continue
            if record.error() is not None:
                raise KafkaException(record.error())
            if record.key() == job_id.encode():
                event = self.deserialize(record.value(), SerializationContext(record.topic(), MessageField.VALUE))
                code = told(record.topic().removeprefix(self.prefix), event)
                if code is not None:
                    return code
        raise NoAnswer(f"job {job_id} did not end in time")

    def close(self):
        self.consumer.close()


def told(topic, event):
    """Prints what an event says; the exit code when it is the job's end."""
    if topic == "model-registered":
        models = [{key: model[key] for key in ("behavior", "name", "version", "uri", "sha256")} for model in event["models"]]
        print(json.dumps({"job_id": event["job_id"], "dry_run": event["dry_run"], "models": models, "reason": event["reason"]}))
        return DONE
    if topic == "job-failed":
        print(f"failed at {event['stage']}, {event['cause']}: {'; '.join(event['messages'])}", file=sys.stderr)
        return FAILED
    if topic == "job-rejected":
        print(f"refused, {event['reason']}:", *(f"{it['field']}: {it['message']}" for it in event["problems"]), sep="\n  ", file=sys.stderr)
        return REFUSED
    print(f"{event['stage']}: {event['phase']}", file=sys.stderr)
    if event["stage"] == "BUILD" and event["phase"] == "duplicate":
        print("this job was published before with the same content; give it another job_id", file=sys.stderr)
        return REFUSED
    return None


if __name__ == "__main__":
    sys.exit(main())
