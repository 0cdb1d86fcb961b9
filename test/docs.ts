import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { capabilitiesDocument } from './docs/capabilities.ts';
import { protocolDocument } from './docs/protocol.ts';

// npm run docs: writes the documents that are made of the code.

const DOCUMENTS = [
  { file: new URL('../PROTOCOL.md', import.meta.url), text: protocolDocument() },
  { file: new URL('../CAPABILITIES.md', import.meta.url), text: capabilitiesDocument() },
];

for (const { file, text } of DOCUMENTS) {
  writeFileSync(file, text);
  process.stdout.write(`${fileURLToPath(file)}\n`);
}
