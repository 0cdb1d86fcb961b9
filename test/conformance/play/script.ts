import type { ErrorRecord } from '../../../server/powershell/engine/error-record.ts';
import { parse } from '../../../server/powershell/syntax/parse.ts';
import type { FunctionDefinition } from '../../../server/powershell/syntax/tree.ts';
import { childrenOf, type SyntaxNode } from '../../../server/powershell/syntax/walk.ts';
import { CMDLETS } from '../../../server/powershell/cmdlets/index.ts';
import { catalogOf } from '../../../server/powershell/manifest/catalog.ts';
import type { CorpusText } from '../corpus.ts';
import type { Outcome } from './judge.ts';
import { prepare } from './prepare.ts';
import { readBlock } from './reading.ts';
import { changesBetween, copyOf } from './records.ts';
import { wantedOf } from './wanted.ts';
import { type Told, WatchedShell } from './watched-shell.ts';

// A script is run to its end, in a lab in which its names exist. One that only defines functions is
// asked for them; what it takes for granted - functions and variables of the file it was cut from - is
// given by rules over names.

interface Named {
  readonly defined: readonly FunctionDefinition[];
  /** Names of commands as they are written. */
  readonly called: ReadonlySet<string>;
  readonly assigned: ReadonlySet<string>;
  readonly read: ReadonlySet<string>;
  /** What variables are compared with, where that is written. */
  readonly compared: ReadonlyMap<string, string>;
}

const namesIn = (code: string): Named => {
  const parsed = parse(code);
  const defined: FunctionDefinition[] = [];
  const [called, assigned, read] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const compared = new Map<string, string>();
  const look = (node: SyntaxNode): void => {
    if (node.node === 'function') defined.push(node);
    if (node.node === 'command' && node.call === '' && node.name.node === 'string')
      called.add(node.name.value.toLowerCase());
    if (node.node === 'assignment' && node.target.node === 'variable')
      assigned.add(plain(node.target.name));
    if (node.node === 'foreach') assigned.add(plain(node.variable.name));
    if (node.node === 'variable') read.add(plain(node.name));
    if (node.node === 'binary' && node.left.node === 'variable') {
      const { operator, right } = node;
      if (/eq$/i.test(operator) && right.node === 'number' && !compared.has(plain(node.left.name)))
        compared.set(plain(node.left.name), String(right.value));
      if (/l[te]$/i.test(operator) && right.node === 'variable')
        compared.set(plain(right.name), '100');
    }
    for (const child of childrenOf(node)) look(child);
  };
  if (parsed.status === 'complete') look(parsed.script);
  return { defined, called, assigned, read, compared };
};

const plain = (name: string): string =>
  name.toLowerCase().replace(/^(script|global|local|private|using):/, '');

const CATALOG = catalogOf('2012', CMDLETS);
const ALIASES = new Set([...CATALOG.aliases()].map(({ name }) => name.toLowerCase()));

const isCommand = (name: string): boolean =>
  CATALOG.find(name) !== undefined || ALIASES.has(name) || /[\\/.]/.test(name);

const AUTOMATIC =
  /^(_|psitem|args|input|this|true|false|null|matches|error|host|pshome|home|pid|pwd|\?|\^|\$|event|myinvocation|psboundparameters|pscmdlet|env:.*|.*preference)$/;

const A_DISK = '((Get-VM VM1).HardDrives[0].Path)';

/** A value for a name: by what such names are of. */
const valueFor = (name: string): string => {
  if (/cred/i.test(name)) return '(Get-Credential)';
  if (/(count|size|memory|gen|stage|id|length)$/i.test(name)) return '1';
  if (/(base|parent).*(vhd|disk)/i.test(name)) return A_DISK;
  if (/(path|root|dir|folder)$/i.test(name)) return "'C:\\Users\\Administrator'";
  if (/vhd|disk/i.test(name)) return A_DISK;
  if (/switch/i.test(name)) return "'LAN'";
  if (/block|action/i.test(name)) return '{ }';
  if (/^vm$|machine$/i.test(name)) return '(Get-VM VM1)';
  return /vm/i.test(name) ? "'VM1'" : `'${name.replaceAll(/\W/g, '')}'`;
};

/** A parameter's value: by its type, and else by its name. */
const argumentFor = (
  { name, type }: { readonly name: string; readonly type: string | null },
  isMaker: boolean,
): string => {
  // Whoever makes a machine is given a name that none has.
  if (isMaker && /^vm_?name$/i.test(name)) return `-${name} 'NewOne'`;
  if (/^(switch|switchparameter)$/i.test(type ?? '')) return '';
  if (/^(u?int\d*|long|double|byte|float)$/i.test(type ?? '')) return `-${name} 1`;
  if (/^bool/i.test(type ?? '')) return `-${name} $false`;
  if (/^(scriptblock)$/i.test(type ?? '')) return `-${name} { }`;
  return `-${name} ${valueFor(name)}`;
};

const callOf = ({ name, body }: FunctionDefinition, isMaker: boolean): string =>
  [
    name,
    ...(body.params ?? []).map(one =>
      argumentFor({ name: one.name, type: one.type?.name ?? null }, isMaker),
    ),
  ].join(' ');

/** What an excerpt calls and does not define runs the blocks it is given. */
const RUNS_BLOCKS = 'foreach ($one in $args) { if ($one -is [scriptblock]) { & $one } }';

export const playScript = (text: CorpusText): Outcome => {
  const { defined, called, assigned, read, compared } = namesIn(text.code);
  const own = new Set(defined.map(({ name }) => name.toLowerCase()));
  const asked = defined
    .filter(({ name }) => !called.has(name.toLowerCase()))
    .map(one => callOf(one, called.has('new-vm')));
  const [reading] = readBlock([[text.code, ...asked].join('\n')]);
  if (reading === undefined || reading.mistake !== null)
    return { text, outcome: 'failed', why: reading?.mistake ?? 'nothing to read' };
  const wanted = wantedOf([reading]);
  const lab = prepare(wanted);
  const shell = new WatchedShell(lab, false);
  const parameters = new Set(
    defined.flatMap(({ body }) => (body.params ?? []).map(({ name }) => plain(name))),
  );
  const made = (name: string): string | null =>
    called.has('new-vm') && /^vm_?name$/i.test(name) ? "'NewOne'" : null;
  for (const name of called)
    if (!own.has(name) && !isCommand(name)) shell.run(`function ${name} { ${RUNS_BLOCKS} }`);
  for (const name of read)
    if (
      (compared.has(name) || !assigned.has(name)) &&
      !parameters.has(name) &&
      !AUTOMATIC.test(name)
    )
      shell.run(`$${name} = ${compared.get(name) ?? made(name) ?? valueFor(name)}`);
  const before = copyOf(lab);
  const told: Told[] = [];
  for (const line of [text.code, ...asked])
    if (!told.some(({ errors }) => errors.some(isHonest))) told.push(shell.run(line, isHonest));
  if (shell.unfinished && !told.some(({ errors }) => errors.some(isHonest)))
    return { text, outcome: 'failed', why: 'it was not over after an hour of lab time' };
  return { text, ...verdict(told, changesBetween(before, copyOf(lab)), asked) };
};

/** A script stops to be of interest where something is not simulated. */
const isHonest = ({ message }: ErrorRecord): boolean => /not simulated/.test(message);

const verdict = (
  told: readonly Told[],
  changes: readonly string[],
  asked: readonly string[],
): Pick<Outcome, 'outcome' | 'why'> => {
  const errors = told.flatMap(one => one.errors);
  const honest = errors.find(isHonest);
  if (honest !== undefined) return { outcome: 'skipped', why: honest.message };
  const [first] = errors;
  if (first !== undefined) return { outcome: 'failed', why: `${first.id}: ${first.message}` };
  const [line] = told.flatMap(({ printed }) => printed.split('\n')).filter(one => one.trim());
  const evidence = [
    ...asked.map(one => `ran ${one}`),
    ...changes,
    ...(line === undefined ? [] : [`printed "${line.trim().slice(0, 80)}"`]),
    ...new Set(told.flatMap(({ ran }) => ran.map(({ command }) => command))),
  ];
  return evidence.length === 0
    ? { outcome: 'failed', why: 'no effect and no output' }
    : { outcome: 'passed', why: evidence.slice(0, 6).join('; ') };
};
