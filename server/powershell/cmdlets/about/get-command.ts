import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import { syntaxLines } from '../../help/syntax-line.ts';
import { type ManifestCommand, manifestOf } from '../../manifest/manifest.ts';
import type { PSObject } from '../../value/ps-object.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { AliasInfo, CmdletInfo, FunctionInfo } from './command-info.ts';
import { byName, filter } from './name-filter.ts';

/** Cmdlets that are not simulated are listed too: they exist, bind, and have help. */
export const getCommand: Cmdlet = {
  name: 'Get-Command',
  synopsis: 'Lists the cmdlets, functions and aliases that exist in this session.',
  examples: [
    { line: 'Get-Command -Module Hyper-V', about: 'Every cmdlet for virtual machines.' },
    { line: 'Get-Command *VMSnapshot', about: 'What can be done with snapshots.' },
    { line: 'Get-Command New-VHD -Syntax', about: 'The parameter sets of a cmdlet.' },
  ],
  *process(call) {
    const found = [...matching(call)].toSorted(byName(({ name }) => name));
    const most = call.bound.number('TotalCount') ?? found.length;
    for (const one of found.slice(0, Math.max(most, 0)))
      yield* call.shell.write(call.bound.flag('Syntax') ? one.syntax : one.info);
    yield* complain(
      call,
      found.map(({ name }) => name),
    );
  },
};

interface Found {
  readonly name: string;
  readonly info: PSObject;
  readonly syntax: string;
}

function* matching(call: Call): Generator<Found, void, void> {
  const kinds = filter(call.bound.texts('CommandType'));
  const wanted = wantedBy(call);
  const named = call.bound.has('Name');
  if (kinds('Cmdlet') || kinds('All'))
    for (const command of manifestOf(call.shell.lab.era).all())
      if (wanted(command.name, command.module, command))
        yield { name: command.name, info: new CmdletInfo(command), syntax: syntaxOf(command) };
  // Without a name only cmdlets and functions are listed, as the real one does.
  if (named || call.bound.flag('All') || call.bound.has('CommandType')) {
    if (kinds('Alias') || kinds('All')) yield* aliases(call, wanted);
  }
  if (kinds('Function') || kinds('All'))
    for (const { name, text } of call.shell.session.functions())
      if (wanted(name, '')) yield { name, info: new FunctionInfo(name, text), syntax: name };
}

type Wanted = (name: string, module: string, command?: ManifestCommand) => boolean;

function* aliases(call: Call, wanted: Wanted): Generator<Found, void, void> {
  for (const { name, command } of call.shell.session.aliases()) {
    const module = manifestOf(call.shell.lab.era).find(command)?.module ?? '';
    if (wanted(name, module))
      yield { name, info: new AliasInfo(name, command, module), syntax: command };
  }
}

const wantedBy = ({ bound }: Call): Wanted => {
  const name = filter(bound.texts('Name'));
  const verb = filter(bound.texts('Verb'));
  const noun = filter(bound.texts('Noun'));
  const module = filter(bound.texts('Module'));
  const parameters = bound.texts('ParameterName');
  const byVerb = bound.has('Verb') || bound.has('Noun');
  return (one, from, command) => {
    const [first = '', second = ''] = one.split('-');
    if (!name(one) || !module(from)) return false;
    if (byVerb && !(one.includes('-') && verb(first) && noun(second))) return false;
    return parameters === undefined || (command !== undefined && takes(command, parameters));
  };
};

const takes = ({ signature }: ManifestCommand, patterns: readonly string[]): boolean => {
  const wanted = filter(patterns);
  return signature.parameters.some(({ name, aliases: others }) => [name, ...others].some(wanted));
};

const syntaxOf = ({ signature, sets }: ManifestCommand): string =>
  `\n${syntaxLines(signature, sets).join('\n\n')}\n`;

/** A plain name that nothing has is an error; a pattern without matches is none. */
function* complain({ bound, shell }: Call, found: readonly string[]): Steps<void> {
  const has = new Set(found.map(name => name.toLowerCase()));
  for (const name of bound.texts('Name') ?? [])
    if (!Wildcard.isPattern(name) && !has.has(name.toLowerCase()))
      yield* shell.error(
        shell.fault({
          message: `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
          id: 'CommandNotFoundException',
          category: 'ObjectNotFound',
          exception: 'System.Management.Automation.CommandNotFoundException',
          target: name,
        }),
      );
}
