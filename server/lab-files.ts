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
  // Never less than the hosts have: that is looked at where the file is read.
  const { hosts, limits } = parsed.value;
  return ok({ hosts: hosts.length, vms: limits.virtualMachines });
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
