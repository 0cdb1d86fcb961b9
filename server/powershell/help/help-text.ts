import type { Cmdlet } from '../engine/cmdlet.ts';
import type { Parameter, Place, Signature } from '../engine/binder-port.ts';
import { syntaxLines, valueName } from './syntax-line.ts';

/** How much is shown: Get-Help, -Examples, -Detailed, -Full. */
export type HelpDepth = 'plain' | 'examples' | 'detailed' | 'full';

/** What help is made of: the manifest's facts, and a cmdlet's own sentences when it is simulated. */
export interface HelpTopic {
  readonly signature: Signature;
  readonly sets: readonly string[];
  readonly aliases: readonly string[];
  readonly output: readonly string[];
  readonly cmdlet: Cmdlet | null;
  /** What is said of a cmdlet that is not simulated. */
  readonly refusal: string;
}

/** The page of a command, line by line, in the headings of Windows PowerShell 3. */
export const helpText = (topic: HelpTopic, depth: HelpDepth, width: number): readonly string[] => [
  '',
  ...section('NAME', [topic.signature.name], width),
  ...section('SYNOPSIS', [synopsisOf(topic)], width),
  ...(depth === 'examples' ? [] : syntax(topic, width)),
  ...(depth === 'examples' ? [] : section('DESCRIPTION', description(topic), width)),
  ...(depth === 'detailed' || depth === 'full' ? parameters(topic, depth, width) : []),
  ...(depth === 'full' ? inputsAndOutputs(topic, width) : []),
  ...(depth === 'plain' ? [] : examples(topic, width)),
  ...(depth === 'examples' ? [] : remarks(topic, width)),
];

export const synopsisOf = ({ cmdlet, refusal }: HelpTopic): string => cmdlet?.synopsis ?? refusal;

/** One parameter by itself: Get-Help -Parameter. */
export const parameterHelp = (
  { name, fallback, wildcard, type, sets, aliases, values, rules }: Parameter,
  width: number,
): readonly string[] => {
  const [place] = sets.values();
  const facts: readonly (readonly [string, string])[] = [
    ['Required?', String(place?.mandatory === true)],
    [
      'Position?',
      place?.position === null || place === undefined ? 'named' : String(place.position + 1),
    ],
    ['Default value', fallback ?? ''],
    ['Accept pipeline input?', pipeline(place)],
    ['Accept wildcard characters?', String(wildcard === true)],
    ...(aliases.length === 0 ? [] : [['Aliases', aliases.join(', ')] as const]),
    ...(values === undefined ? [] : [['Values', values.join(', ')] as const]),
  ];
  const type_ = valueName({ name, type, sets, aliases, rules });
  return [
    `-${name}${type_ === '' ? ' [<SwitchParameter>]' : ` ${type_}`}`,
    ...facts.flatMap(([label, value]) => wrapped(`${label.padEnd(29)}${value}`, width, 4)),
    '',
  ];
};

const pipeline = (place: Place | undefined): string => {
  const ways = [
    ...(place?.byValue === true ? ['ByValue'] : []),
    ...(place?.byPropertyName === true ? ['ByPropertyName'] : []),
  ];
  return ways.length === 0 ? 'false' : `true (${ways.join(', ')})`;
};

const section = (title: string, lines: readonly string[], width: number): readonly string[] => [
  title,
  ...lines.flatMap(line => wrapped(line, width, 4)),
  '',
];

const syntax = ({ signature, sets }: HelpTopic, width: number): readonly string[] => [
  'SYNTAX',
  ...syntaxLines(signature, sets, 'values').flatMap(line => [...wrapped(line, width, 4), '']),
  '',
];

const description = ({ cmdlet, aliases, refusal }: HelpTopic): readonly string[] => [
  cmdlet === null ? refusal : cmdlet.synopsis,
  ...(aliases.length === 0 ? [] : ['', `Aliases: ${aliases.join(', ')}.`]),
];

const parameters = (
  { signature }: HelpTopic,
  depth: HelpDepth,
  width: number,
): readonly string[] => [
  'PARAMETERS',
  ...signature.parameters.flatMap(parameter => {
    const lines = parameterHelp(parameter, width - 4);
    const shown = depth === 'full' ? lines : [...lines.slice(0, 1), ''];
    return shown.map(line => (line === '' ? '' : `    ${line}`));
  }),
  ...COMMON.flatMap(line => wrapped(line, width, 4)),
  '',
];

const COMMON = [
  '<CommonParameters>',
  'Verbose, Debug, ErrorAction, ErrorVariable, WarningAction, WarningVariable, OutBuffer and OutVariable, as every cmdlet has them.',
];

const inputsAndOutputs = ({ signature, output }: HelpTopic, width: number): readonly string[] => {
  const taken = signature.parameters.filter(({ sets }) =>
    [...sets.values()].some(({ byValue }) => byValue),
  );
  const inputs = [...new Set(taken.map(({ type }) => type.replace('[]', '')))];
  const outputs = output.map(type => type.replace(' passthru', ' (with -PassThru)'));
  return [
    ...section('INPUTS', inputs.length === 0 ? ['None'] : inputs, width),
    ...section('OUTPUTS', outputs.length === 0 ? ['None'] : outputs, width),
  ];
};

const examples = ({ cmdlet }: HelpTopic, width: number): readonly string[] =>
  (cmdlet?.examples ?? []).flatMap(({ line, about }, index) => [
    `    -------------------------- EXAMPLE ${index + 1} --------------------------`,
    '',
    `    PS C:\\> ${line}`,
    '',
    ...wrapped(about, width, 4),
    '',
  ]);

const remarks = ({ signature: { name } }: HelpTopic, width: number): readonly string[] =>
  section(
    'REMARKS',
    [
      `To see the examples, type: "get-help ${name} -examples".`,
      `For more information, type: "get-help ${name} -detailed".`,
      `For technical information, type: "get-help ${name} -full".`,
    ],
    width,
  );

/** Broken between words; every line of it begins with the same blanks. */
const wrapped = (text: string, width: number, indent: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.length > width - indent) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map(one => `${' '.repeat(indent)}${one}`.trimEnd());
};
