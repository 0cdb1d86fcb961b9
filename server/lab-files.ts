import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ok } from './base/result.ts';
import type { CheckLabFile } from './course/port.ts';
import type { Sample } from './http/deps.ts';
import { parseLabFile } from './lab/lab-file.ts';

/** What a lab file asks for, or what is wrong with it, with lines and paths. */
export const checkLabFile: CheckLabFile = text => {
  const parsed = parseLabFile(text);
  if (!parsed.ok) return parsed;
  const { hosts } = parsed.value;
  const vms = hosts.reduce((sum, host) => sum + host.virtualMachines.length, 0);
  return ok({ hosts: hosts.length, vms });
};

/** Lab files that come with the house, each with its own name and sentence. */
export function readSamples(folder: string): readonly Sample[] {
  return readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .toSorted()
    .map(file => {
      const text = readFileSync(join(folder, file), 'utf8');
      const parsed = parseLabFile(text);
      if (!parsed.ok) throw new Error(`${file} is no lab file: ${JSON.stringify(parsed.fault)}`);
      return { name: parsed.value.name, about: firstComment(text), file: text };
    });
}

/** A sample says what it is for in the comment it begins with. */
function firstComment(text: string): string {
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('#')) break;
    lines.push(line.slice(1).trim());
  }
  return lines.join(' ');
}
