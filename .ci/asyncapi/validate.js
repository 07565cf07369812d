// usage: node validate.js FILE: exit 1 with every error of an AsyncAPI document and of its Avro payloads
import { readFile } from "node:fs/promises";
import { AvroSchemaParser } from "@asyncapi/avro-schema-parser";
import { DiagnosticSeverity, Parser } from "@asyncapi/parser";

const [file] = process.argv.slice(2);
const avro = AvroSchemaParser();
const parser = new Parser();
parser.registerSchemaParser(avro);
const { document, diagnostics } = await parser.parse(await readFile(file, "utf8"), { source: file });
const errors = diagnostics
  .filter((it) => it.severity === DiagnosticSeverity.Error)
  .map((it) => `${file}:${it.range.start.line + 1}: ${it.path.join(".")}: ${it.message}`);
// of an AsyncAPI 3 document the parser takes Avro payloads unseen
let payloads = 0;
for (const message of document?.messages() ?? []) {
  const data = message.json("payload")?.["x-parser-original-payload"];
  if (data !== undefined) {
    payloads += 1;
    const found = await avro.validate({ data, path: [] });
    errors.push(...found.map((it) => `${file}: payload of ${message.id()}: ${it.message}`));
  }
}
if (errors.length > 0) {
  console.error(errors.join("\n"));
  process.exit(1);
}
console.log(`${file}: AsyncAPI ${document.version()}, ${document.channels().length} channels, ${payloads} Avro payloads`);
