import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { protocolDocument } from './docs/protocol.ts';

// npm run docs: writes the documents that are made of the code.

const PROTOCOL = new URL('../PROTOCOL.md', import.meta.url);

writeFileSync(PROTOCOL, protocolDocument());
process.stdout.write(`${fileURLToPath(PROTOCOL)}\n`);
