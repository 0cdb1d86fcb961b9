import type { Id } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { ShellLab } from '../engine/lab.ts';
import { LabObject, type ObjectType } from './lab-object.ts';
import { OF_VM } from './of-vm.ts';

/** As Get-VMIntegrationService words them; nothing while nobody is there to answer. */
const STATUS: Readonly<Record<RecordOf<'integration-service'>['status'], string>> = {
  Ok: 'OK',
  NoContact: 'No Contact',
  LostCommunication: 'Lost Communication',
  Error: 'Error',
  Disabled: '',
};

export const INTEGRATION_COMPONENT: ObjectType<'integration-service'> = {
  types: ['Microsoft.HyperV.PowerShell.VMIntegrationComponent'],
  kind: 'integration-service',
  text: ({ record }) => `VMIntegrationComponent (Name = '${record.name}')`,
  properties: [
    ['Name', 'string', ({ record }) => record.name],
    ['Enabled', 'bool', ({ record }) => record.enabled],
    ['PrimaryStatusDescription', 'string', ({ record }) => STATUS[record.status]],
    ['SecondaryStatusDescription', 'string', () => ''],
    ['StatusDescription', 'string[]', ({ record }) => [STATUS[record.status]]],
    ['Id', 'string', ({ record }) => record.id],
    ...OF_VM,
  ],
};

export const integrationServices = (
  lab: ShellLab,
  vm: Id<'vm'>,
): readonly LabObject<'integration-service'>[] =>
  lab
    .by('integration-service', 'vm', vm)
    .map(one => new LabObject(INTEGRATION_COMPONENT, one, lab));
