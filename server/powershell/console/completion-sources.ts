import type { Parameter } from '../engine/binder-port.ts';
import type { Catalog } from '../engine/host-port.ts';
import type { ShellLab } from '../engine/lab.ts';
import type { Session } from '../engine/session.ts';
import type {
  MemberCandidate,
  NamedCandidate,
  ParameterCandidate,
  Sources,
  ValueAsked,
  ValueCandidate,
} from '../complete/port.ts';
import { shortType } from '../help/syntax-line.ts';
import { manifestOf } from '../manifest/manifest.ts';
import { objectProperties } from '../manifest/object-type.ts';
import { OBJECT_TYPES } from '../objects/index.ts';
import { enumType } from '../value/enum.ts';
import { typeName } from '../value/type-names.ts';
import { namesFor } from './live-names.ts';

export interface Around {
  readonly session: Session;
  readonly catalog: Catalog;
  readonly lab: ShellLab;
  /** Record id of the host the session runs on. */
  readonly computer: string;
}

/** What may be completed: from the manifest, the session's own names, and the lab as it is now. */
export const completionSources = (around: Around): Sources => ({
  commands: () => commandsOf(around),
  parameters: command => parametersOf(around, command),
  values: asked => valuesOf(around, asked),
  variables: () => variablesOf(around),
  members: type => membersOf(type),
  output: command => outputOf(around, command),
  variableType: name => {
    const value = around.session.state.variable(name);
    const one = Array.isArray(value) ? value[0] : value;
    return one === undefined || one === null ? null : typeName(one);
  },
  types: () => [],
});

function* commandsOf({ catalog, session }: Around): Iterable<NamedCandidate> {
  for (const { signature } of catalog.all())
    yield { name: signature.name, tooltip: signature.name };
  for (const { name } of session.state.functions()) yield { name, tooltip: name };
}

const entryOf = ({ catalog, session }: Around, command: string) => {
  const name = session.state.alias(command) ?? command;
  return catalog.find(name);
};

const parametersOf = (around: Around, command: string): readonly ParameterCandidate[] =>
  (entryOf(around, command)?.signature.parameters ?? []).map(candidateOf);

const candidateOf = ({ name, type, aliases, sets }: Parameter): ParameterCandidate => {
  const positions = [...sets.values()].flatMap(({ position }) =>
    position === null ? [] : [position],
  );
  return {
    name,
    type: shortType(type),
    isSwitch: type.endsWith('SwitchParameter'),
    position: positions.length === 0 ? null : Math.min(...positions),
    aliases,
  };
};

/** Members of an enum and names in the lab; a switch has its two values. */
function* valuesOf(around: Around, asked: ValueAsked): Iterable<ValueCandidate> {
  const entry = entryOf(around, asked.command);
  const parameter = entry?.signature.parameters.find(
    ({ name }) => name.toLowerCase() === asked.parameter.toLowerCase(),
  );
  if (entry === undefined || parameter === undefined) return;
  const element = parameter.type.replace(/\[\]$/, '');
  if (/^System\.Boolean$|SwitchParameter$/i.test(element))
    for (const text of ['$true', '$false']) yield { text, tooltip: text, isExpression: true };
  const members = enumType(element)?.members.map(([text]) => text);
  for (const text of parameter.values ?? members ?? []) yield { text, tooltip: text };
  if (/^Property$|ExpandProperty|ExcludeProperty|GroupBy/i.test(parameter.name))
    for (const { name, tooltip } of membersOf(asked.inputType ?? '')) yield { text: name, tooltip };
  for (const text of namesFor(around, entry.signature.name, asked)) yield { text, tooltip: text };
}

function* variablesOf({ session }: Around): Iterable<NamedCandidate> {
  for (const { name } of session.state.variables()) yield { name, tooltip: `$${name}` };
}

/** Types of ours as they are; what is only known from the manifest by its list. */
const membersOf = (type: string): readonly MemberCandidate[] => {
  const key = type.toLowerCase().replace(/\[\]$/, '');
  const own = OBJECT_TYPES.find(({ types }) => types.some(name => isNamed(name, key)));
  const rows =
    own?.properties.map(([name, of]) => ({ name, type: of })) ??
    objectProperties(type.replace(/\[\]$/, '')) ??
    [];
  return rows.map(({ name, type: of }) => ({
    name,
    kind: 'property',
    type: of,
    tooltip: `${of} ${name} {get;}`,
  }));
};

const isNamed = (full: string, key: string): boolean => {
  const name = full.toLowerCase();
  return name === key || name.endsWith(`.${key}`);
};

/** Cmdlets that pass on what they are given. */
const PASSING = new Set([
  'where-object',
  'sort-object',
  'foreach-object',
  'tee-object',
  'get-unique',
  'out-default',
  'out-host',
]);

const outputOf = (around: Around, command: string): ReturnType<Sources['output']> => {
  const name = entryOf(around, command)?.signature.name ?? '';
  if (PASSING.has(name.toLowerCase())) return 'input';
  const [type] = manifestOf(around.lab.era).find(name)?.output ?? [];
  return type === undefined ? null : { type: type.replace(/ passthru$/, '') };
};
