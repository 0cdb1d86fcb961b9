import type { Refusal } from '../../protocol/operation/index.ts';

/** VMMS's own words before those of the driver. That of create is from published errors, the others recalled. */
const SENTENCES = {
  create: ['Failed to create the virtual hard disk.', 'create'],
  resize: ['Failed to resize the virtual disk.', 'resize'],
  convert: ['Failed to convert the virtual disk.', 'convert'],
  merge: ['Failed to merge the virtual disk.', 'merge'],
  compact: ['Failed to compact the virtual disk.', 'compact'],
  setParent: ['Failed to set the new parent of the virtual disk.', 'set the new parent of'],
} as const;

export type DiskVerb = keyof typeof SENTENCES;

export function diskFault(verb: DiskVerb, path: string, fault: Refusal): Refusal {
  const [sentence, word] = SENTENCES[verb];
  const message = `${sentence}\nThe system failed to ${word} '${path}': ${fault.message}.`;
  return { ...fault, message };
}
