import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import type { Steps } from '../../engine/steps.ts';
import {
  type HelpDepth,
  helpText,
  type HelpTopic,
  parameterHelp,
  synopsisOf,
} from '../../help/help-text.ts';
import { refusalOf } from '../../manifest/capability.ts';
import { type ManifestCommand, manifestOf } from '../../manifest/manifest.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { Wildcard } from '../../value/wildcard.ts';
import { byName, filter } from './name-filter.ts';

/** Columns of a page; the console breaks what is longer. */
const WIDTH = 110;

export const getHelp: Cmdlet = {
  name: 'Get-Help',
  synopsis: 'Shows what a cmdlet does, its parameters and examples.',
  examples: [
    { line: 'Get-Help Start-VM', about: 'What it does and its syntax.' },
    { line: 'Get-Help New-VHD -Examples', about: 'Lines to try.' },
    { line: 'Get-Help Stop-VM -Parameter Force', about: 'One parameter.' },
    { line: 'Get-Help *replication*', about: 'Every topic with this word in its name.' },
  ],
  *process(call) {
    const name = call.bound.text('Name') ?? 'Get-Help';
    const found = topics(call, name);
    const [only] = found;
    if (only === undefined) yield* notFound(call, name);
    else if (found.length > 1) yield* list(call, found);
    else if (call.bound.has('Parameter')) yield* oneParameter(call, only);
    else for (const line of helpText(only, depthOf(call), WIDTH)) yield* call.shell.write(line);
  },
};

/** The command itself, that of an alias, or all whose names have the word. */
const topics = (call: Call, name: string): readonly HelpTopic[] => {
  const manifest = manifestOf(call.shell.lab.era);
  const alias = call.shell.session.alias(name);
  const exact = manifest.find(alias ?? name);
  if (exact !== undefined) return [topicOf(call, exact)];
  const pattern = new Wildcard(Wildcard.isPattern(name) ? name : `*${name}*`);
  return [...manifest.all()]
    .filter(command => pattern.matches(command.name))
    .toSorted(byName(command => command.name))
    .map(command => topicOf(call, command));
};

const topicOf = (call: Call, command: ManifestCommand): HelpTopic => ({
  signature: command.signature,
  sets: command.sets,
  aliases: command.aliases,
  output: command.output,
  cmdlet: call.shell.session.cmdlet(command.name) ?? null,
  refusal: refusalOf(command.module, command.name),
});

const depthOf = ({ bound }: Call): HelpDepth => {
  if (bound.flag('Full')) return 'full';
  if (bound.flag('Detailed')) return 'detailed';
  return bound.flag('Examples') ? 'examples' : 'plain';
};

/** Several topics: a table of them. */
function* list(call: Call, found: readonly HelpTopic[]): Steps<void> {
  for (const topic of found) {
    const module = manifestOf(call.shell.lab.era).find(topic.signature.name)?.module ?? '';
    yield* call.shell.write(
      CustomObject.of([
        ['Name', topic.signature.name],
        ['Category', 'Cmdlet'],
        ['Module', module],
        ['Synopsis', synopsisOf(topic)],
      ]),
    );
  }
}

function* oneParameter(call: Call, { signature }: HelpTopic): Steps<void> {
  const wanted = call.bound.text('Parameter') ?? '*';
  const matches = filter([wanted]);
  const found = signature.parameters.filter(({ name }) => matches(name));
  for (const one of found)
    for (const line of ['', ...parameterHelp(one, WIDTH)]) yield* call.shell.write(line);
  if (found.length === 0 && !Wildcard.isPattern(wanted))
    yield* call.shell.error(
      call.shell.fault({
        message: `No parameter matches criteria ${wanted}.`,
        id: 'NoParmsFound',
        category: 'InvalidArgument',
        exception: 'System.Management.Automation.PSArgumentException',
        target: wanted,
      }),
    );
}

/** Source: Windows PowerShell 3's sentence, recalled. */
function* notFound(call: Call, name: string): Steps<void> {
  yield* call.shell.error(
    call.shell.fault({
      message: `Get-Help could not find ${name} in a help file in this session. To download updated help topics type: "Update-Help". To get help online, search for the help topic in the TechNet library at http://go.microsoft.com/fwlink/?LinkID=107116.`,
      id: 'HelpNotFound',
      category: 'ResourceUnavailable',
      exception: 'Microsoft.PowerShell.Commands.HelpNotFoundException',
    }),
  );
}
