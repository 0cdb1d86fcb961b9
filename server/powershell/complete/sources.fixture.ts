import type { MemberCandidate, ParameterCandidate, Sources, ValueAsked } from './port.ts';

const parameter = (
  name: string,
  type: string,
  position: number | null = null,
  aliases: readonly string[] = [],
): ParameterCandidate => ({ name, type, isSwitch: type === 'switch', position, aliases });

const PARAMETERS: Readonly<Record<string, readonly ParameterCandidate[]>> = {
  'start-vm': [
    parameter('Name', 'string[]', 0),
    parameter('VM', 'VirtualMachine[]', 0),
    parameter('ComputerName', 'string[]'),
    parameter('Passthru', 'switch'),
    parameter('Confirm', 'switch', null, ['cf']),
  ],
  'connect-vmnetworkadapter': [
    parameter('VMName', 'string[]', 0),
    parameter('SwitchName', 'string', 1),
  ],
  'where-object': [parameter('FilterScript', 'ScriptBlock', 0), parameter('Property', 'string', 0)],
};

const property = (name: string, type: string): MemberCandidate => ({
  name,
  kind: 'property',
  type,
  tooltip: `${type} ${name} {get;}`,
});

const MEMBERS: Readonly<Record<string, readonly MemberCandidate[]>> = {
  VirtualMachine: [
    property('State', 'VMState'),
    property('Name', 'string'),
    property('NetworkAdapters', 'VMNetworkAdapter[]'),
    { name: 'Start', kind: 'method', type: 'void', tooltip: 'void Start()' },
  ],
  VMNetworkAdapter: [property('SwitchName', 'string')],
  'System.String': [property('Length', 'int')],
};

const OUTPUTS: Readonly<Record<string, ReturnType<Sources['output']>>> = {
  'Get-VM': { type: 'VirtualMachine' },
  'Where-Object': 'input',
};

/** A shell that knows a few commands and three virtual machines, and remembers what it was asked. */
export const someSources = (asked: ValueAsked[] = []): Sources => ({
  commands: () =>
    ['Stop-VM', 'Start-VM', 'Start-Job', 'Get-VM'].map(name => ({ name, tooltip: name })),
  parameters: command => PARAMETERS[command.toLowerCase()] ?? [],
  values: question => {
    asked.push(question);
    if (question.parameter === 'Passthru')
      return [{ text: '$true', tooltip: '', isExpression: true }];
    if (question.parameter === 'SwitchName') return [{ text: 'Lab Switch', tooltip: '' }];
    return ['web1', "Web's", 'db 1', '$odd'].map(text => ({ text, tooltip: `VM ${text}` }));
  },
  variables: () =>
    ['vm', 'Error', 'my list', 'env:PATH'].map(name => ({ name, tooltip: `$${name}` })),
  members: type => MEMBERS[type] ?? [],
  output: command => OUTPUTS[command] ?? null,
  variableType: name => (name === 'vm' ? 'VirtualMachine' : null),
  types: () => [{ name: 'System.Math', tooltip: 'System.Math' }],
});
