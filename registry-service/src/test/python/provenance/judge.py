"""Judges provenance with the libraries of in-toto and TUF. Prints "valid" or "verified", or what is wrong.

judge.py statement FILE              the Statement against in-toto's protocol buffers, its predicate against SLSA's
judge.py envelope FILE PUBLIC_KEY    each line of a bundle: its signature by that key (PEM); then its payload as above
"""
import base64
import hashlib
import json
import sys

from cryptography.hazmat.primitives import serialization
from google.protobuf import json_format
from in_toto_attestation.predicates.provenance.v1 import provenance_pb2
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.resource_descriptor import ResourceDescriptor
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey


def statement(text):
    content = json.loads(text)
    parsed = json_format.Parse(text, statement_pb2.Statement())
    Statement.copy_from_pb(parsed).validate()
    if parsed.predicate_type != "https://slsa.dev/provenance/v1":
        raise ValueError("another predicate: " + parsed.predicate_type)
    predicate = json_format.ParseDict(content["predicate"], provenance_pb2.Provenance())
    if not predicate.build_definition.build_type or not predicate.run_details.builder.id:
        raise ValueError("no build type or no builder")
    for descriptor in [*predicate.build_definition.resolved_dependencies, *predicate.run_details.byproducts]:
        ResourceDescriptor.copy_from_pb(descriptor).validate()
        if not descriptor.uri and not descriptor.digest:  # the specification's own rule, which the library does not know
            raise ValueError("neither URI nor digest: " + descriptor.name)


def envelope(line, pem):
    public = serialization.load_pem_public_key(pem)
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    key = SSlibKey.from_crypto(public, keyid=hashlib.sha256(der).hexdigest())
    content = json.loads(line)
    if content["payloadType"] != "application/vnd.in-toto+json":
        raise ValueError("another payload: " + content["payloadType"])
    Envelope.from_dict(content).verify([key], 1)
    statement(base64.b64decode(content["payload"]))


def main(what, path, *key):
    with open(path, "rb") as file:
        content = file.read()
    try:
        if what == "statement":
            statement(content)
            print("valid")
        else:
            with open(key[0], "rb") as file:
                pem = file.read()
            for line in content.splitlines():
                envelope(line, pem)
            print("verified")
    except (VerificationError, ValueError, json_format.ParseError) as wrong:
        print("refused: %s: %s" % (type(wrong).__name__, wrong))


main(*sys.argv[1:])
