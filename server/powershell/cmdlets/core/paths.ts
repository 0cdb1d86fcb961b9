import type { Cmdlet } from '../../engine/cmdlet.ts';

/** `C:\VMs\Web\disk.vhdx` in its parts; a host's paths are text here. */
const cut = (path: string): number => path.replace(/[\\/]+$/, '').search(/[\\/][^\\/]*$/);

export const joinPath: Cmdlet = {
  name: 'Join-Path',
  synopsis: 'Puts a path together from its parts.',
  examples: [{ line: 'Join-Path C:\\VMs WEB01', about: 'C:\\VMs\\WEB01.' }],
  *process({ bound, shell }) {
    const child = (bound.text('ChildPath') ?? '').replace(/^[\\/]+/, '');
    for (const path of bound.texts('Path') ?? [])
      yield* shell.write(`${path.replace(/[\\/]+$/, '')}\\${child}`);
  },
};

export const splitPath: Cmdlet = {
  name: 'Split-Path',
  synopsis: 'Gives a part of a path: its folder, its last name, its drive.',
  examples: [{ line: 'Split-Path C:\\VMs\\disk.vhdx -Leaf', about: 'disk.vhdx.' }],
  *process({ bound, shell }) {
    for (const path of bound.texts('Path') ?? bound.texts('LiteralPath') ?? []) {
      const at = cut(path);
      const drive = /^[A-Za-z]+:/.exec(path)?.[0] ?? '';
      if (bound.flag('Leaf')) yield* shell.write(path.slice(at + 1).replace(/[\\/]+$/, ''));
      else if (bound.flag('Qualifier')) yield* shell.write(drive);
      else if (bound.flag('NoQualifier')) yield* shell.write(path.slice(drive.length));
      else if (bound.flag('IsAbsolute')) yield* shell.write(drive !== '');
      else yield* shell.write(at < 0 ? '' : path.slice(0, at === drive.length ? at + 1 : at));
    }
  },
};
